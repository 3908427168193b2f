import { applyEntityModel, type EntityModel } from '../domain/entity-model.ts';
import { namespacedKey, namespaceKey } from '../domain/keys.ts';
import type { Entity } from '../domain/observation.ts';
import { pairs } from '../kubernetes/kubernetes-object.ts';
import { soleOwner } from '../kubernetes/owners.ts';
import { podTemplate } from '../linkerd/policy/pod-workload.ts';
import { namespaceOf, type PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { BaselineWorkload } from './baseline.ts';

/** What the entity model says of a workload, an address or a namespace. */
export type EntityFacts = {
  readonly owner: string | undefined;
  readonly environment: string | undefined;
  readonly exposure: readonly string[];
  readonly dataClasses: readonly string[];
};

export const NO_FACTS: EntityFacts = { owner: undefined, environment: undefined, exposure: [], dataClasses: [] };

/**
 * What the entity model makes of workloads and namespaces, by key of the graph (shared/domain/keys.ts). Workloads among the
 * objects are told by their own labels, the others by what the source knew of them.
 */
export function entityFacts(
  cluster: string,
  objects: readonly PolicyObject[],
  workloads: readonly BaselineWorkload[],
  model: EntityModel,
): ReadonlyMap<string, EntityFacts> {
  const entities = new Map<string, Entity>();
  const add = (label: string, key: string, props: Entity['props']) =>
    entities.set(key, { label, key, family: '', props });
  for (const { namespace, kind, name, labels, annotations } of workloads) {
    const props = { namespace, kind, name, labels: [...labels], annotations: [...annotations] };
    add('Workload', namespacedKey(cluster, namespace, kind, name), props);
  }
  for (const object of objects) {
    const { kind, metadata } = object;
    const props = { name: metadata.name, labels: pairs(metadata.labels), annotations: pairs(metadata.annotations) };
    if (kind === 'Namespace') add('Namespace', namespaceKey(cluster, metadata.name), props);
    if (podTemplate(object) === undefined || soleOwner(metadata)) continue;
    const namespace = namespaceOf(object);
    add('Workload', namespacedKey(cluster, namespace, kind, metadata.name), { ...props, kind, namespace });
  }
  const facts = new Map<string, EntityFacts>();
  for (const { type, from, to } of applyEntityModel(cluster, [...entities.values()], model).relations) {
    const known = facts.get(from.key) ?? NO_FACTS;
    const name = to.key.slice(`${cluster}/${to.label}/`.length);
    facts.set(from.key, withFact(known, type, name));
  }
  return facts;
}

function withFact(facts: EntityFacts, type: string, name: string): EntityFacts {
  if (type === 'OWNED_BY') return { ...facts, owner: name };
  if (type === 'RUNS_IN') return { ...facts, environment: name };
  if (type === 'EXPOSED_TO') return { ...facts, exposure: [...facts.exposure, name] };
  return { ...facts, dataClasses: [...facts.dataClasses, name] };
}
