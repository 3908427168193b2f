import { once } from '../../domain/once-per.ts';
import type { OwnerReference } from '../../kubernetes/kubernetes-object.ts';
import { soleOwner } from '../../kubernetes/owners.ts';
import { podTemplate } from '../policy/pod-workload.ts';
import { groupKind, namespaceOf, type PolicyObject } from '../policy/policy-object.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import type { Workload } from '../policy/workload.ts';
import { declaredTcpPorts } from './declared-ports.ts';

export type WorkloadName = { readonly namespace: string; readonly kind: string; readonly name: string };

/** What people call a workload: the top owner of pods, with all that runs of it. */
export type KnownWorkload = WorkloadName & {
  /** Its pods; where none is known, what its template would make. Empty: neither is known. */
  readonly instances: readonly Workload[];
  /** Ports its containers declare, ascending. */
  readonly ports: readonly number[];
};

type Draft = WorkloadName & { readonly pods: PolicyObject[]; template?: PolicyObject };

/** Every workload among the objects. `named` ones are there even where the objects do not tell of them. */
export function knownWorkloads(
  objects: readonly PolicyObject[],
  policies: PolicySet,
  named: readonly WorkloadName[] = [],
): KnownWorkload[] {
  const owners = objects.filter((object) => groupKind(object) !== 'Pod.');
  const byName = new Map(owners.map((object) => [nameOf(toName(object)), object]));
  const drafts = new Map<string, Draft>();
  const draftOf = (name: WorkloadName): Draft => {
    const key = nameOf(name);
    const known = drafts.get(key);
    if (known) return known;
    const draft = { ...name, pods: [] };
    drafts.set(key, draft);
    return draft;
  };
  for (const name of named) draftOf(name);
  for (const object of objects) {
    const kind = groupKind(object);
    if (kind === 'Pod.' && isRunning(object)) draftOf(topOwner(object, byName)).pods.push(object);
    else if (kind === 'ExternalWorkload.workload.linkerd.io') draftOf(toName(object)).pods.push(object);
    else if (podTemplate(object) && !soleOwner(object.metadata)) draftOf(toName(object)).template = object;
  }
  return [...drafts.values()].map(({ pods, template, ...name }) => {
    const parts = pods.length > 0 || template === undefined ? pods : [template];
    const portsOf = once(() => [...new Set(parts.flatMap(declaredTcpPorts))].sort((a, b) => a - b));
    return {
      ...name,
      instances: parts.flatMap((part) => policies.find(toName(part)) ?? []),
      get ports() {
        return portsOf();
      },
    };
  });
}

const toName = (object: PolicyObject): WorkloadName => ({
  namespace: namespaceOf(object),
  kind: object.kind,
  name: object.metadata.name,
});
const nameOf = ({ namespace, kind, name }: WorkloadName): string => `${namespace}/${kind}/${name}`;

/** A pod that is over still exists, but it calls nobody. */
function isRunning({ status }: PolicyObject): boolean {
  const { phase } = (status ?? {}) as { readonly phase?: string };
  return phase !== 'Succeeded' && phase !== 'Failed';
}

/** Up the owners that are among the objects; the first that is not is the top. */
function topOwner(pod: PolicyObject, byName: ReadonlyMap<string, PolicyObject>): WorkloadName {
  const namespace = namespaceOf(pod);
  let top = toName(pod);
  for (let object: PolicyObject | undefined = pod; object !== undefined; object = byName.get(nameOf(top))) {
    const owner: OwnerReference | undefined = soleOwner(object.metadata);
    if (owner === undefined || (owner.kind === top.kind && owner.name === top.name)) break;
    top = { namespace, kind: owner.kind, name: owner.name };
  }
  return top;
}
