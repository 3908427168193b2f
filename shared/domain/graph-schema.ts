/**
 * The graph's schema as data. Constraints, indexes, the queries that write, and docs/graph.md are all made from it; what is not in it is not written.
 * All instants in the graph are integers: epoch milliseconds, UTC.
 */
export type PropertyDoc = readonly [name: string, meaning: string];
export type LabelDoc = { readonly label: string; readonly meaning: string; readonly properties: readonly PropertyDoc[] };
export type RelationshipDoc = {
  readonly type: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly meaning: string;
  readonly properties: readonly PropertyDoc[];
};

/** On every node but `Scan`, `Change` and `Lease`. */
export const NODE_LIFE: readonly PropertyDoc[] = [
  ['key', 'unique within the label; begins with the cluster name'],
  ['cluster', 'the cluster it belongs to'],
  ['name', 'the name people know it by'],
  ['firstSeen', 'first instant any source saw it'],
  ['lastSeen', 'last instant traffic named it, or the last scan that held it once it is closed'],
  ['validFrom', 'start of the present or last life, as scans saw it; absent for what traffic or a relationship only named'],
  ['validTo', 'the first scan that no longer held it; absent while live'],
  ['pastLives', 'earlier lives of the same key: [from, to, from, to, ...]; absent when there were none'],
  ['hash', 'digest of the described properties; equal hash = nothing changed'],
  ['family', 'fact family that describes it, as "<cluster>/<family>", after "past:" once it is closed; absent for what was only named'],
];

/** On every structural relationship. */
export const EDGE_LIFE: readonly PropertyDoc[] = [
  ['id', 'digest of family, type, ends and properties; one relationship an interval'],
  ['family', 'fact family it belongs to, as "<cluster>/<family>", after "past:" once it is closed'],
  ['validFrom', 'the first scan that held it'],
  ['validTo', 'the first scan that no longer held it; absent while live'],
];

const namespaced: readonly PropertyDoc[] = [['namespace', 'the Kubernetes namespace']];
const labelled: readonly PropertyDoc[] = [
  ['labels', 'Kubernetes labels, each as "name=value"'],
  ['annotations', 'the annotations meshgraph reads, each as "name=value"'],
];
const policy: readonly PropertyDoc[] = [
  ...namespaced, ...labelled,
  ['apiVersion', 'group and version it was read at'],
  ['kind', 'the Kubernetes kind'],
  ['spec', 'the spec as JSON text'],
  ['status', 'the status as JSON text, where it decides (routes)'],
  ['createdAt', 'creationTimestamp'],
];

export const LABELS: readonly LabelDoc[] = [
  { label: 'Cluster', meaning: 'One Kubernetes cluster with Linkerd.', properties: [
    ['trustDomain', 'Linkerd identity trust domain'], ['controlPlaneNamespace', 'namespace of the control plane'],
    ['linkerdVersion', 'control plane version'], ['kubernetesVersion', 'API server version'],
    ['clusterNetworks', 'CIDRs Linkerd treats as inside'], ['defaultInboundPolicy', 'cluster-wide default policy'],
    ['opaquePorts', 'cluster-wide default opaque ports'], ['trustAnchors', 'SHA-256 fingerprints in the trust bundle'],
  ] },
  { label: 'Namespace', meaning: 'A Kubernetes namespace.', properties: [...labelled, ['inject', 'value of linkerd.io/inject'], ['createdAt', 'creationTimestamp']] },
  { label: 'Workload', meaning: 'The top owner of pods: Deployment, StatefulSet, CronJob, any CRD kind, or a bare Pod.', properties: [
    ...namespaced, ['kind', 'the Kubernetes kind'], ...labelled, ['replicas', 'desired replicas'], ['readyReplicas', 'ready replicas'],
    ['inject', 'value of linkerd.io/inject on the pod template'], ['images', 'container images'], ['createdAt', 'creationTimestamp'],
  ] },
  { label: 'Pod', meaning: 'A pod, while it exists.', properties: [
    ...namespaced, ...labelled, ['phase', 'pod phase'], ['ready', 'Ready condition'], ['node', 'node name'], ['ip', 'pod IP'],
    ['serviceAccount', 'ServiceAccount name'], ['hostNetwork', 'shares the node network'], ['meshed', 'has a Linkerd proxy'],
    ['unmeshedReason', 'why it has none'], ['proxyVersion', 'linkerd-proxy version'], ['nativeSidecar', 'proxy runs as an init container'],
    ['trustRootSha256', 'annotation linkerd.io/trust-root-sha256'], ['ports', 'declared ports as "name:number/protocol"'],
    ['trustAnchors', 'SHA-256 fingerprints of the anchors the proxy was given; absent where only a hash is known'],
    ['createdAt', 'creationTimestamp'],
  ] },
  { label: 'Service', meaning: 'A Kubernetes Service.', properties: [
    ...namespaced, ...labelled, ['type', 'Service type'], ['clusterIP', 'cluster IP'], ['selector', 'pod selector, each as "name=value"'],
    ['ports', 'ports as "name:port->target/protocol"'], ['mirrorOf', 'remote Service it mirrors, as "name.namespace@cluster"; several, separated by commas, for a federated Service'], ['createdAt', 'creationTimestamp'],
  ] },
  { label: 'ServiceAccount', meaning: 'A Kubernetes ServiceAccount.', properties: [...namespaced, ...labelled, ['createdAt', 'creationTimestamp']] },
  { label: 'Identity', meaning: 'The mTLS name of a workload: DNS form or SPIFFE URI.', properties: [['form', 'dns or spiffe']] },
  { label: 'ExternalWorkload', meaning: 'A workload outside Kubernetes that joined the mesh.', properties: [...policy] },
  { label: 'Role', meaning: 'A Role or ClusterRole; rules of aggregated ClusterRoles resolved.', properties: [
    ['namespace', 'the namespace of a Role; absent for a ClusterRole'], ['kind', 'Role or ClusterRole'], ['rules', 'one readable line a rule'],
    ['readsSecrets', 'may get, list or watch Secrets'], ['writesSecrets', 'may create or change Secrets'], ['execs', 'may exec into or attach to pods'],
    ['escalates', 'may escalate or bind roles'], ['impersonates', 'may impersonate'], ['createsTokens', 'may create ServiceAccount tokens'],
    ['createsPods', 'may create pods or pod owners'], ['editsPolicy', 'may change Linkerd policy'], ['wildcard', 'all verbs on all resources'],
    ['system', 'managed by Kubernetes or the provider'], ['createdAt', 'creationTimestamp'],
  ] },
  { label: 'Subject', meaning: 'A User or Group named in a binding.', properties: [['kind', 'User or Group']] },
  { label: 'AwsRole', meaning: 'An AWS IAM role a ServiceAccount may assume (IRSA or Pod Identity).', properties: [['arn', 'the role ARN']] },
  { label: 'Server', meaning: 'A Linkerd Server: a port of selected pods.', properties: [...policy, ['port', 'port number or name'], ['proxyProtocol', 'protocol told to the proxy'], ['accessPolicy', 'what happens to calls no policy admits']] },
  { label: 'AuthorizationPolicy', meaning: 'A Linkerd AuthorizationPolicy.', properties: policy },
  { label: 'ServerAuthorization', meaning: 'A Linkerd ServerAuthorization.', properties: policy },
  { label: 'Authentication', meaning: 'A MeshTLSAuthentication or NetworkAuthentication.', properties: policy },
  { label: 'Route', meaning: 'An HTTPRoute, GRPCRoute, TLSRoute or TCPRoute.', properties: policy },
  { label: 'EgressNetwork', meaning: 'A Linkerd EgressNetwork.', properties: [...policy, ['trafficPolicy', 'Allow or Deny']] },
  { label: 'RateLimit', meaning: 'An HTTPLocalRateLimitPolicy.', properties: policy },
  { label: 'ServiceProfile', meaning: 'A Linkerd ServiceProfile.', properties: policy },
  { label: 'Link', meaning: 'A multicluster Link.', properties: policy },
  { label: 'External', meaning: "A called host or address outside the mesh's knowledge.", properties: [['address', 'IP address or host']] },
  { label: 'Unauthenticated', meaning: 'One a cluster: the caller that showed no identity.', properties: [] },
  { label: 'Certificate', meaning: 'An X.509 certificate, keyed by its SHA-256.', properties: [
    ['sha256', 'fingerprint'], ['subject', 'subject name'], ['issuer', 'issuer name'], ['notBefore', 'start of validity'], ['notAfter', 'end of validity'],
    ['roles', 'anchor, issuer, private-ca'], ['serial', 'serial number'], ['algorithm', 'public key algorithm'],
  ] },
  { label: 'DataClass', meaning: 'A class of data, from the entity model.', properties: [] },
  { label: 'Owner', meaning: 'A team, from the entity model.', properties: [] },
  { label: 'Environment', meaning: 'An environment, from the entity model.', properties: [] },
  { label: 'Exposure', meaning: 'From where something may be reached (internet, partner...), from the entity model.', properties: [] },
  { label: 'Finding', meaning: 'One violation with a stable fingerprint and a life.', properties: [
    ['check', 'id of the check'], ['severity', 'critical, high, medium, low or info'], ['message', 'what is wrong, in one sentence'], ['state', 'open, accepted, resolved'],
    ['openedAt', 'the evaluation that opened it, or opened it again'], ['resolvedAt', 'first evaluation that no longer found it; absent while it is there'], ['evaluatedAt', 'last evaluation that judged its check'],
    ['history', 'each state it entered, as "<state> <instant>"'], ['row', 'the row as JSON text'],
  ] },
  { label: 'Scan', meaning: 'The ledger: one scan of one source, with its coverage.', properties: [
    ['key', 'the observation id'], ['cluster', 'cluster'], ['source', 'traffic, cluster or certificates'], ['at', 'the instant its facts speak of'],
    ['from', "a traffic window's start"], ['readAt', 'when it was read'], ['digest', 'digest of the whole observation'],
    ['families', 'fact families read whole'], ['familyDigests', 'digest of each family\'s facts, parallel to families'], ['complete', 'nothing was left unread'], ['coverage', 'the coverage as JSON text'],
  ] },
  { label: 'Change', meaning: 'One change of a described property of one node.', properties: [
    ['key', 'digest of node, instant and path'], ['cluster', 'cluster'], ['at', 'the first scan that saw the new value'], ['path', 'the property'], ['before', 'old value as JSON text'], ['after', 'new value as JSON text'],
  ] },
  { label: 'Lease', meaning: 'One a cluster: the right to write its part of the graph. Not exported.', properties: [
    ['key', 'the cluster'], ['token', 'the holder; absent when free'], ['expiresAt', 'when a silent holder loses it, by the clock of the server'],
    ['mark', 'the last transaction committed under it'], ['unfinished', 'fact families and traffic windows of which a write began and did not end'],
  ] },
];

const interval: readonly PropertyDoc[] = [];
const policyTargets = ['Server', 'Route', 'Namespace'] as const;

/**
 * What every traffic relationship carries. Lists by window run parallel to `at`; one that would hold only zeros (latency:
 * only -1) is absent. The three `wCode...` lists run parallel to each other. Written by shared/graph/traffic.
 */
const trafficSeries: readonly PropertyDoc[] = [
  ['id', 'digest of type, ends and identity properties, then grain and bucket: one prefix a series'], ['cluster', 'cluster'], ['bucket', 'start of the hour, day or month in which its windows start, UTC'],
  ['grain', 'hour while the day runs, day once it is closed, month after roll-up'], ['port', 'port called'], ['protocol', 'http, grpc or tcp'],
  ['tls', 'tls label of the proxy'], ['noTlsReason', 'why there was no mesh TLS'], ['requests', 'requests in the bucket'],
  ['failures', 'failed requests in the bucket'], ['firstAt', 'first active window start'], ['lastAt', 'end of the last active window'],
  ['codes', 'outcomes seen in the bucket'], ['codeCounts', 'requests by outcome, parallel to codes'],
  ['at', 'starts of the active windows, ascending'], ['wLength', 'length of each window in ms'], ['wRequests', 'requests by window; absent while all are 0'], ['wFailures', 'by window; absent while all are 0'],
  ['wCodeAt', 'window of each outcome entry'], ['wCode', 'outcome, parallel to wCodeAt'], ['wCodeCount', 'requests, parallel to wCodeAt'],
];

export const RELATIONSHIPS: readonly RelationshipDoc[] = [
  { type: 'IN_CLUSTER', from: ['Namespace'], to: ['Cluster'], meaning: 'The namespace is part of the cluster.', properties: interval },
  { type: 'IN_NAMESPACE', from: ['Workload', 'Service', 'ServiceAccount'], to: ['Namespace'], meaning: 'It lives in the namespace.', properties: interval },
  { type: 'PART_OF', from: ['Pod'], to: ['Workload'], meaning: 'The workload is the top owner of the pod.', properties: interval },
  { type: 'RUNS_AS', from: ['Workload'], to: ['ServiceAccount'], meaning: "The workload's pods run as this ServiceAccount.", properties: interval },
  { type: 'HAS_IDENTITY', from: ['ServiceAccount', 'ExternalWorkload'], to: ['Identity'], meaning: 'Linkerd gives it this identity.', properties: interval },
  { type: 'BOUND_TO', from: ['ServiceAccount', 'Subject'], to: ['Role'], meaning: 'A binding grants it the role.', properties: [['binding', 'kind/name of the binding'], ['namespace', 'where it holds; absent = everywhere']] },
  { type: 'ASSUMES', from: ['ServiceAccount'], to: ['AwsRole'], meaning: 'It may assume the AWS role.', properties: [['via', 'irsa or pod-identity']] },
  { type: 'SELECTS', from: ['Service', 'Server'], to: ['Workload', 'ExternalWorkload'], meaning: "Its selector matches the workload's pods.", properties: interval },
  { type: 'TARGETS', from: ['AuthorizationPolicy', 'ServerAuthorization', 'RateLimit'], to: policyTargets, meaning: 'The policy applies to it.', properties: interval },
  { type: 'REQUIRES', from: ['AuthorizationPolicy'], to: ['Authentication', 'ServiceAccount'], meaning: 'The policy demands this authentication.', properties: interval },
  { type: 'ADMITS', from: ['Authentication', 'ServerAuthorization'], to: ['Identity', 'ServiceAccount', 'Namespace'], meaning: 'It lets this client in.', properties: interval },
  { type: 'ROUTES', from: ['Route', 'ServiceProfile'], to: ['Server', 'Service', 'EgressNetwork'], meaning: 'The route belongs to it (parent) or sends to it (backend).', properties: [['role', 'parent or backend']] },
  { type: 'MIRRORS', from: ['Service'], to: ['Link'], meaning: 'The Service stands for one in another cluster, over this Link.', properties: interval },
  { type: 'TRUSTS', from: ['Pod'], to: ['Certificate'], meaning: "The pod's proxy trusts this anchor.", properties: interval },
  { type: 'ANCHORED_BY', from: ['Cluster'], to: ['Certificate'], meaning: "The anchor is in the cluster's trust bundle.", properties: interval },
  { type: 'ISSUED_BY', from: ['Certificate'], to: ['Certificate'], meaning: 'The second signed the first.', properties: interval },
  { type: 'HOLDS', from: ['Workload', 'External'], to: ['DataClass'], meaning: 'It keeps data of this class (entity model).', properties: interval },
  { type: 'OWNED_BY', from: ['Workload', 'Namespace', 'External'], to: ['Owner'], meaning: 'The team owns it (entity model).', properties: interval },
  { type: 'RUNS_IN', from: ['Workload', 'Namespace', 'External'], to: ['Environment'], meaning: 'It belongs to the environment (entity model).', properties: interval },
  { type: 'EXPOSED_TO', from: ['Workload', 'External'], to: ['Exposure'], meaning: 'It may be reached from there (entity model).', properties: interval },
  { type: 'CHANGED', from: ['*'], to: ['Change'], meaning: 'A described property changed.', properties: interval },
  { type: 'ABOUT', from: ['Finding'], to: ['*'], meaning: 'The finding concerns it.', properties: interval },
  {
    type: 'CALLED', from: ['Workload'], to: ['Workload', 'ExternalWorkload', 'Service', 'External', 'EgressNetwork'],
    meaning: "Requests or connections as the caller's proxy saw them.",
    properties: [...trafficSeries, ['serverIdentity', 'identity the caller verified'], ['service', 'Service gone through, as "namespace/name"'], ['egressNetwork', 'EgressNetwork gone through, as "namespace/name"'],
      ['refused', 'requests or connections the own proxy turned away'], ['connections', 'connections opened'], ['bytesSent', 'bytes'], ['bytesReceived', 'bytes'],
      ['wRefused', 'by window; absent while all are 0'], ['wConnections', 'by window; absent while all are 0'], ['wBytesSent', 'by window; absent while all are 0'], ['wBytesReceived', 'by window; absent while all are 0'],
      ['wP50', 'median latency in ms by window, -1 = none; absent while there is none'], ['wP95', '95th percentile, likewise'], ['wP99', '99th percentile, likewise']],
  },
  {
    type: 'ARRIVED_AT', from: ['Identity', 'Unauthenticated'], to: ['Workload'],
    meaning: "Requests or connections as the called side's proxy saw them, with the policy verdict.",
    properties: [...trafficSeries, ['verdict', 'allowed, audited, denied, noRoute, rateLimited or terminated'], ['server', 'kind/name of the Server or default'], ['route', 'kind/name'], ['authorization', 'kind/name'], ['rateLimit', 'kind/name']],
  },
];

/** Labels of nodes that live and die by what scans hold; the others are bookkeeping, or judgements on the graph. */
export const DATED_LABELS: readonly string[] = LABELS.map(({ label }) => label).filter(
  (label) => !['Scan', 'Change', 'Lease', 'Finding'].includes(label),
);

/** Types of relationships that open and close by what scans hold. */
export const STRUCTURAL_TYPES: readonly string[] = RELATIONSHIPS.map(({ type }) => type).filter(
  (type) => !['CHANGED', 'ABOUT', 'CALLED', 'ARRIVED_AT'].includes(type),
);
