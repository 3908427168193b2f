import { oncePer } from '../../domain/once-per.ts';
import type { Metadata, OwnerReference } from '../../kubernetes/kubernetes-object.ts';
import type { Destination } from './call.ts';
import { externalWorkload } from './external-workload.ts';
import type { MeshSettings } from './mesh-settings.ts';
import { podTemplate, podWorkload, templateWorkload } from './pod-workload.ts';
import { groupKind, namespaceOf, type PolicyObject } from './policy-object.ts';
import type { Workload } from './workload.ts';

/** Kinds with a pod template, in the order in which a name alone finds them. */
const TEMPLATED = [
  'Deployment.apps',
  'StatefulSet.apps',
  'DaemonSet.apps',
  'CronJob.batch',
  'Job.batch',
  'ReplicaSet.apps',
  'ReplicationController.',
];

type ByKind = ReadonlyMap<string, readonly PolicyObject[]>;

export function indexWorkloads(byKind: ByKind, settings: MeshSettings) {
  const of = (kind: string): readonly PolicyObject[] => byKind.get(kind) ?? [];
  const namespaces = new Map(of('Namespace.').map(({ metadata }) => [metadata.name, metadata]));
  const owners = new Map(TEMPLATED.flatMap((kind) => of(kind).map((object) => [ownerKey(object), object])));
  const workloads = [
    ...of('Pod.').map((pod) => runningWorkload(pod, settings, namespaces.get(namespaceOf(pod)), topmost(pod, owners))),
    ...of('ExternalWorkload.workload.linkerd.io').map((object) => externalWorkload(object, settings)),
    ...TEMPLATED.flatMap(of).map((object) => templateWorkload(object, settings, namespaces.get(namespaceOf(object)))),
  ];
  return { workloads, find: finder(workloads) };
}

const ownerKey = (object: PolicyObject): string =>
  `${groupKind(object)}/${namespaceOf(object)}/${object.metadata.name}`;

type Running = { readonly parts: readonly (object | undefined)[]; readonly workload: Workload };

/** Of each pod the last one worked out: the state after a change has most pods of the one before. */
const known = new WeakMap<PolicyObject, Running>();

function runningWorkload(
  pod: PolicyObject,
  settings: MeshSettings,
  namespace?: Metadata,
  owner?: PolicyObject,
): Workload {
  const parts = [settings, namespace, owner];
  const last = known.get(pod);
  if (last?.parts.every((part, i) => part === parts[i])) return last.workload;
  const workload = podWorkload(pod, settings, namespace, owner && templateOf(owner));
  known.set(pod, { parts, workload });
  return workload;
}

const templateOf = oncePer(
  (owner: PolicyObject): Metadata => ({ name: owner.metadata.name, ...podTemplate(owner)?.metadata }),
);

/** The topmost owner known: a Deployment's template is newer than that of the ReplicaSet it made. */
function topmost(pod: PolicyObject, owners: ReadonlyMap<string, PolicyObject>): PolicyObject | undefined {
  let found: PolicyObject | undefined;
  for (let object: PolicyObject | undefined = pod; object !== undefined; ) {
    const owner: OwnerReference | undefined = object.metadata.ownerReferences?.[0];
    const namespace = namespaceOf(pod);
    object = owner && owners.get(ownerKey({ apiVersion: '', ...owner, metadata: { name: owner.name, namespace } }));
    found = object ?? found;
  }
  return found;
}

function finder(workloads: readonly Workload[]): (destination: Destination) => Workload | undefined {
  const byName = Map.groupBy(workloads, ({ namespace, name }) => `${namespace}/${name}`);
  const byAddress = new Map(workloads.flatMap((workload) => workload.addresses.map((ip) => [ip, workload])));
  return (destination) => {
    if ('address' in destination) return byAddress.get(destination.address);
    const { namespace, name, kind } = destination;
    return byName.get(`${namespace}/${name}`)?.find((workload) => kind === undefined || workload.kind === kind);
  };
}
