import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ClusterObservation } from '../../../shared/domain/observation.ts';
import type { KubernetesObject } from '../../../shared/kubernetes/kubernetes-object.ts';
import { edges, entityOf, readRecorded } from '../../read-recorded.ts';
import { recordedItems, recordedLister } from '../../recorded-objects.ts';

// The oracles are what others wrote into the recorded objects: Linkerd's injector, its policy controller, Kubernetes'
// endpoint controller, OpenSSL.
type Recorded = 'final' | 'large';
type Container = { name: string; env?: { name: string; value?: string }[] };
const podsOf = (recording: Recorded) => recordedItems(recording, 'v1_pods');
const containersOf = ({ spec }: KubernetesObject): Container[] => {
  const { containers, initContainers = [] } = spec as { containers: Container[]; initContainers?: Container[] };
  return [...containers, ...initContainers];
};
const keyOf = ({ metadata }: KubernetesObject, kind: string) => `c/${metadata.namespace}/${kind}/${metadata.name}`;

describe.each<Recorded>(['final', 'large'])('the recorded mesh (%s)', (recording) => {
  let observation: ClusterObservation;
  beforeAll(async () => {
    observation = await readRecorded(recordedLister(recording));
  });

  test('has one node for each recorded object', () => {
    const count = (label: string) => observation.entities.filter((entity) => entity.label === label).length;
    const recorded = (...names: string[]) =>
      names.reduce((sum, name) => sum + recordedItems(recording, name).length, 0);
    const rbac = 'rbac.authorization.k8s.io_v1';
    expect(count('Pod')).toBe(recorded('v1_pods'));
    expect(count('Service')).toBe(recorded('v1_services'));
    expect(count('ServiceAccount')).toBe(recorded('v1_serviceaccounts'));
    expect(count('Namespace')).toBe(recorded('v1_namespaces'));
    expect(count('Role')).toBe(recorded(`${rbac}_roles`, `${rbac}_clusterroles`));
    expect(count('Route')).toBe(
      recorded(
        'policy.linkerd.io_v1beta3_httproutes',
        'gateway.networking.k8s.io_v1_httproutes',
        'gateway.networking.k8s.io_v1_grpcroutes',
      ),
    );
    // Every ReplicaSet has its Deployment here, and the one Job was made by hand.
    expect(count('Workload')).toBe(
      recorded(
        'apps_v1_deployments',
        'apps_v1_statefulsets',
        'apps_v1_daemonsets',
        'batch_v1_cronjobs',
        'batch_v1_jobs',
      ),
    );
  });

  test('puts each injected pod under the workload the injector labelled it with', () => {
    const kinds = { deployment: 'Deployment', statefulset: 'StatefulSet', daemonset: 'DaemonSet', job: 'Job' };
    const labelled = podsOf(recording).flatMap((pod) =>
      Object.entries(kinds).flatMap(([label, kind]) => {
        const owner = pod.metadata.labels?.[`linkerd.io/proxy-${label}`];
        return owner ? [`${keyOf(pod, 'Pod')} -> c/${pod.metadata.namespace}/${kind}/${owner}`] : [];
      }),
    );
    expect(labelled.length).toBeGreaterThan(10);
    expect(edges(observation, 'PART_OF')).toEqual(expect.arrayContaining(labelled));
    expect(edges(observation, 'PART_OF')).toHaveLength(podsOf(recording).length);
  });

  test('calls a pod meshed where its status shows a linkerd-proxy, and gives a reason everywhere else', () => {
    for (const pod of podsOf(recording)) {
      const { containerStatuses = [], initContainerStatuses = [] } = pod.status as Record<string, { name: string }[]>;
      const runs = [...containerStatuses, ...initContainerStatuses].some(({ name }) => name === 'linkerd-proxy');
      const { props } = entityOf(observation, 'Pod', keyOf(pod, 'Pod'));
      expect([props.name, props.meshed]).toEqual([props.name, runs]);
      expect(props.unmeshedReason === undefined).toBe(runs);
    }
  });

  test('gives each workload the identity its own proxies were told they have', () => {
    const told = podsOf(recording).flatMap((pod) => {
      const proxy = containersOf(pod).find(({ name }) => name === 'linkerd-proxy');
      const template = proxy?.env?.find(({ name }) => name === 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME')?.value;
      const account = (pod.spec as { serviceAccountName: string }).serviceAccountName;
      const namespace = pod.metadata.namespace ?? '';
      const identity = template?.replace('$(_pod_sa)', account).replace('$(_pod_ns)', namespace);
      return identity ? [`c/${namespace}/ServiceAccount/${account} -> c/Identity/${identity}`] : [];
    });
    expect(told.length).toBeGreaterThan(10);
    expect(edges(observation, 'HAS_IDENTITY')).toEqual(expect.arrayContaining(told));
  });

  test('names the anchors of each proxy as OpenSSL does', () => {
    const pods = podsOf(recording).flatMap((pod) => {
      const proxy = containersOf(pod).find(({ name }) => name === 'linkerd-proxy');
      const pem = proxy?.env?.find(({ name }) => name === 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS')?.value;
      return pem ? [{ pod, pem }] : [];
    });
    expect(pods.length).toBeGreaterThan(8);
    for (const { pod, pem } of pods) {
      const sha256 = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
      expect(entityOf(observation, 'Pod', keyOf(pod, 'Pod')).props.trustAnchors).toEqual([sha256]);
      expect(entityOf(observation, 'Cluster', 'c').props.trustAnchors).toEqual([sha256]);
    }
  });
});

describe('the recorded mesh', () => {
  let observation: ClusterObservation;
  beforeAll(async () => {
    observation = await readRecorded(recordedLister('final'));
  });

  test('selects with each Service the workloads of the pods in its EndpointSlices', () => {
    type Slice = KubernetesObject & { endpoints: { targetRef?: { kind: string; name: string } }[] | null };
    const ownerOf = new Map(edges(observation, 'PART_OF').map((edge) => edge.split(' -> ') as [string, string]));
    const backed = (recordedItems('final', 'discovery.k8s.io_v1_endpointslices') as Slice[]).flatMap((slice) => {
      const { namespace, labels } = slice.metadata;
      const pods = (slice.endpoints ?? []).flatMap(({ targetRef }) =>
        targetRef?.kind === 'Pod' ? [targetRef.name] : [],
      );
      return pods.map((pod) => {
        const workload = ownerOf.get(`c/${namespace}/Pod/${pod}`);
        return `c/${namespace}/Service/${labels?.['kubernetes.io/service-name']} -> ${workload}`;
      });
    });
    expect(backed.length).toBeGreaterThan(15);
    const selected = edges(observation, 'SELECTS').filter((edge) => edge.includes('/Service/'));
    expect(selected).toEqual(expect.arrayContaining(backed));
    // The rest have no pod at all: viz components that were scaled to 0.
    const others = selected.filter((edge) => !backed.includes(edge)).map((edge) => edge.split(' -> ')[1] ?? '');
    expect(others.sort()).toEqual(['tap', 'tap-injector', 'web'].map((name) => `c/linkerd-viz/Deployment/${name}`));
    for (const key of others) expect(entityOf(observation, 'Workload', key).props.replicas).toBe(0);
  });

  test('hangs each route on the parents Linkerd’s policy controller accepted', () => {
    type Parent = { parentRef: { kind: string; name: string; namespace: string } };
    const accepted = [
      ['policy.linkerd.io_v1beta3_httproutes', 'HTTPRoute.policy.linkerd.io'],
      ['gateway.networking.k8s.io_v1_httproutes', 'HTTPRoute.gateway.networking.k8s.io'],
      ['gateway.networking.k8s.io_v1_grpcroutes', 'GRPCRoute.gateway.networking.k8s.io'],
    ].flatMap(([file = '', kind = '']) =>
      recordedItems('final', file).flatMap((route) =>
        (route.status as { parents: Parent[] }).parents.map(
          ({ parentRef: { kind: end, name, namespace } }) => `${keyOf(route, kind)} -> c/${namespace}/${end}/${name}`,
        ),
      ),
    );
    const parents = observation.relations
      .filter(({ type, props, from }) => type === 'ROUTES' && props.role === 'parent' && from.label === 'Route')
      .map(({ from, to }) => `${from.key} -> ${to.key}`);
    expect(parents.sort()).toEqual(accepted.sort());
  });

  test('knows the three grants the recording was given on purpose', () => {
    const roles = (account: string) =>
      observation.relations
        .filter(({ type, from }) => type === 'BOUND_TO' && from.key === `c/${account}`)
        .map(({ to, props }) => ({ ...entityOf(observation, 'Role', to.key).props, in: props.namespace }));
    expect(roles('batch/ServiceAccount/reports')).toContainEqual(
      expect.objectContaining({ name: 'cluster-admin', wildcard: true, readsSecrets: true, escalates: true }),
    );
    expect(roles('rogue/ServiceAccount/scanner')).toEqual([
      expect.objectContaining({ in: 'emojivoto', createsTokens: true, readsSecrets: false, wildcard: false }),
    ]);
    expect(roles('books/ServiceAccount/traffic')).toEqual([
      expect.objectContaining({ in: 'books', editsPolicy: true, createsPods: false, wildcard: false }),
    ]);
  });

  test('tells of the control plane what its own values say', () => {
    const [config] = recordedItems('final', 'v1_configmaps').filter(
      ({ metadata }) => metadata.name === 'linkerd-config',
    );
    const values = parse((config!.data as { values: string }).values);
    expect(entityOf(observation, 'Cluster', 'c').props).toMatchObject({
      controlPlaneNamespace: 'linkerd',
      kubernetesVersion: 'v1.36.3',
      linkerdVersion: values.linkerdVersion,
      trustDomain: values.identityTrustDomain,
      clusterNetworks: values.clusterNetworks.split(','),
      defaultInboundPolicy: values.proxy.defaultInboundPolicy,
      opaquePorts: values.proxy.opaquePorts.split(','),
    });
  });

  test('gives the external workload the SPIFFE identity it names', () => {
    expect(edges(observation, 'HAS_IDENTITY')).toContain(
      'c/books/ExternalWorkload/vm-billing-1 -> c/Identity/spiffe://root.linkerd.cluster.local/billing',
    );
  });
});
