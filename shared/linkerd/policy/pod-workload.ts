import type { Metadata } from '../../kubernetes/kubernetes-object.ts';
import { type PodSpec, type PodTemplate, serviceAccountOf } from '../../kubernetes/pod-spec.ts';
import { findProxy, INJECT_ANNOTATION, unmeshedReason } from '../../kubernetes/proxy.ts';
import { type Annotations, annotationsAtCreation, configured, pendingAnnotations } from './annotations.ts';
import { parseMode } from './default-policy.ts';
import { accountIdentity, type MeshSettings } from './mesh-settings.ts';
import { httpProbes, type ProbedContainer, tcpPorts } from './pod-probes.ts';
import { namespaceOf, type PolicyObject } from './policy-object.ts';
import { type PortRanges, parsePortRanges } from './port-ranges.ts';
import type { Workload } from './workload.ts';

type Status = { readonly podIP?: string; readonly podIPs?: readonly { readonly ip: string }[] };

/** A running pod, judged by what it carries itself; what its namespace or template says meanwhile is `pending`. */
export function podWorkload(
  pod: PolicyObject,
  settings: MeshSettings,
  namespace?: Metadata,
  template?: Metadata,
): Workload {
  const spec = (pod.spec ?? {}) as PodSpec;
  const { podIP, podIPs = [] } = (pod.status ?? {}) as Status;
  const meshed = findProxy({ metadata: pod.metadata, spec }) !== undefined;
  const own = facts(pod, spec, pod.metadata.labels ?? {}, pod.metadata.annotations ?? {}, settings);
  return {
    ...own,
    skipInbound: ignoredByIptables(spec) ?? own.skipInbound,
    addresses: [...new Set([...(podIP ? [podIP] : []), ...podIPs.map(({ ip }) => ip)])],
    meshed,
    unmeshedReason: meshed ? undefined : unmeshedReason({ metadata: pod.metadata, spec }, injection(namespace)),
    identity: meshed ? accountIdentity(settings, namespaceOf(pod), serviceAccountOf(spec)) : undefined,
    pending: pendingAnnotations({ ...pod.metadata, namespace: namespaceOf(pod) }, namespace, template),
  };
}

/** The pods a workload's template makes: as the injector would make them now (reference 4). */
export function templateWorkload(owner: PolicyObject, settings: MeshSettings, namespace?: Metadata): Workload {
  const { metadata, spec = {} } = podTemplate(owner) ?? {};
  const annotations = annotationsAtCreation(namespace, { name: '', ...metadata });
  const meshed = wouldInject(spec, metadata?.annotations ?? {}, namespace);
  const unnamed = 'its Namespace is not among the objects: taken as one without annotations';
  const pod = { metadata: { name: owner.metadata.name, ...metadata }, spec };
  return {
    ...facts(owner, spec, metadata?.labels ?? {}, annotations, settings),
    addresses: [],
    meshed,
    unmeshedReason: meshed === false ? unmeshedReason(pod, injection(namespace)) : undefined,
    identity: meshed ? accountIdentity(settings, namespaceOf(owner), serviceAccountOf(spec)) : undefined,
    pending: namespace === undefined ? [unnamed] : [],
  };
}

/** Ports that iptables were told to pass by when the pod was created; the proxy's own ports are served by it all the same. */
function ignoredByIptables({ initContainers = [] }: PodSpec): PortRanges | undefined {
  const init = initContainers.find(({ name }) => name === 'linkerd-init') as
    | { readonly args?: readonly string[] }
    | undefined;
  const at = init?.args?.indexOf('--inbound-ports-to-ignore') ?? -1;
  if (at < 0) return undefined;
  return parsePortRanges(init?.args?.[at + 1]).filter(([from, to]) => from !== to || (from !== 4190 && from !== 4191));
}

/** CronJobs wrap their template once more. */
export function podTemplate({ spec }: PolicyObject): PodTemplate | undefined {
  type Spec = {
    readonly template?: PodTemplate;
    readonly jobTemplate?: { readonly spec?: { template?: PodTemplate } };
  };
  const { template, jobTemplate } = (spec ?? {}) as Spec;
  return template ?? jobTemplate?.spec?.template;
}

function facts(
  object: PolicyObject,
  spec: PodSpec,
  labels: Annotations,
  annotations: Annotations,
  settings: MeshSettings,
) {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])] as ProbedContainer[];
  const opaque = configured(annotations, 'opaque-ports');
  const namedPorts = new Map<string, number[]>();
  for (const [name, port] of tcpPorts(containers)) namedPorts.set(name, [...(namedPorts.get(name) ?? []), port]);
  return {
    kind: object.kind,
    namespace: namespaceOf(object),
    name: object.metadata.name,
    labels: new Map(Object.entries(labels)),
    namedPorts,
    probes: httpProbes(containers),
    skipInbound: parsePortRanges(configured(annotations, 'skip-inbound-ports') ?? settings.ignoreInboundPorts),
    skipOutbound: parsePortRanges(configured(annotations, 'skip-outbound-ports')),
    skipSubnets: (configured(annotations, 'skip-subnets') ?? '').split(',').flatMap((cidr) => cidr.trim() || []),
    opaquePorts: parsePortRanges(opaque),
    opaqueToCallers: parsePortRanges(opaque ?? settings.opaquePorts),
    requireIdentity: parsePortRanges(configured(annotations, 'proxy-require-identity-inbound-ports')),
    mode: parseMode(configured(annotations, 'default-inbound-policy')),
  };
}

/**
 * Injected when the namespace enables it and the pod does not refuse, or when the pod asks (reference 4, report.go). Not known
 * without the namespace, if the pod says nothing.
 */
function wouldInject(spec: PodSpec, annotations: Annotations, namespace: Metadata | undefined): boolean | undefined {
  const { inject, webhooksDisabled } = injection(namespace);
  const wanted = annotations[INJECT_ANNOTATION] ?? inject;
  if (namespace === undefined && wanted === undefined && !spec.hostNetwork) return undefined;
  return !spec.hostNetwork && !webhooksDisabled && (wanted === 'enabled' || wanted === 'ingress');
}

const injection = (namespace: Metadata | undefined) => ({
  inject: namespace?.annotations?.[INJECT_ANNOTATION],
  webhooksDisabled: namespace?.labels?.['config.linkerd.io/admission-webhooks'] === 'disabled',
});
