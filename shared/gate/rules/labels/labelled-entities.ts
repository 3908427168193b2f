import type { Entity } from '../../../domain/observation.ts';
import { pairs } from '../../../kubernetes/kubernetes-object.ts';
import { soleOwner } from '../../../kubernetes/owners.ts';
import { podTemplate } from '../../../linkerd/policy/pod-workload.ts';
import { groupKind, namespaceOf, type PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import type { GateState } from '../../gate-state.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import type { JudgedChange } from '../../rule.ts';

/** A namespace or workload of the change, as the entity model reads it. */
export type LabelledEntity = {
  readonly entity: Entity;
  /** `Deployment shop/web`. */
  readonly shown: string;
  /** Of the object (object-key.ts). */
  readonly key: string;
  /** A workload's namespace, for what it inherits; undefined where it is not known, and for namespaces. */
  readonly namespace: { readonly entity: Entity; readonly key: string } | undefined;
};

/**
 * Namespaces and workloads that the change writes, and workloads of namespaces that it writes, for they inherit. Of workloads
 * whose manifests the baseline does not have, it knows the labels.
 */
export function labelledEntities(state: GateState, judged: JudgedChange): LabelledEntity[] {
  const { given } = judged.laid;
  const namespaces = new Map<string, LabelledEntity>();
  const workloads = new Map<string, LabelledEntity & { readonly home: string }>();
  const known = new Map([...given].map(([key, { placed }]) => [nameOf(placed.object), key]));
  const told = state === judged.before ? judged.baseline.workloads : [];
  for (const { namespace, kind, name, labels, annotations } of told) {
    const id = `${kind}/${namespace}/${name}`;
    const key = known.get(id) ?? id;
    const entity = toEntity('Workload', { namespace, name, labels: [...labels], annotations: [...annotations] });
    workloads.set(id, { entity, shown: `${kind} ${namespace}/${name}`, key, namespace: undefined, home: namespace });
  }
  for (const object of state.objects) {
    const isNamespace = groupKind(object) === 'Namespace.';
    if (!isNamespace && (podTemplate(object) === undefined || soleOwner(object.metadata))) continue;
    const { metadata } = object;
    const props = { name: metadata.name, labels: pairs(metadata.labels), annotations: pairs(metadata.annotations) };
    const own = { shown: shownObject(object), key: objectKey(object), namespace: undefined };
    if (isNamespace) namespaces.set(metadata.name, { ...own, entity: toEntity('Namespace', props) });
    else {
      const home = namespaceOf(object);
      workloads.set(nameOf(object), { ...own, entity: toEntity('Workload', { ...props, namespace: home }), home });
    }
  }
  return [
    ...[...namespaces.values()].filter(({ key }) => given.has(key)),
    ...[...workloads.values()]
      .filter(({ key, home }) => given.has(key) || given.has(`Namespace./-/${home}`))
      .map(({ home, ...workload }) => ({ ...workload, namespace: namespaces.get(home) })),
  ];
}

const toEntity = (label: string, props: Entity['props']): Entity => ({ label, key: '', family: '', props });

const nameOf = (object: PolicyObject): string => `${object.kind}/${namespaceOf(object)}/${object.metadata.name}`;
