import type { Entity, Relation } from '../domain/observation.ts';
import { type LabelSelector, type Labels, labelsOf, selects } from './label-selector.ts';
import type { PolicyRow } from './policy-row.ts';
import type { Snapshot } from './snapshot.ts';
import type { Workload } from './workload-facts.ts';

/** One set of labels in one namespace and everything that wears it: thousands of pods wear few different sets. */
type Wearers = { readonly labels: Labels; readonly entities: Set<Entity> };

/**
 * SELECTS of Services and Servers. A selector matches a workload when it matches one of its pods that is not over,
 * or the template of a workload that keeps pods running, so that a scale to 0 does not end the relationship.
 */
export function selectionRelations(snapshot: Snapshot, workloads: readonly Workload[]): Relation[] {
  const byPods = wearersByNamespace(workloads.flatMap(labelSets));
  const externals = snapshot['externalworkloads.workload.linkerd.io'];
  const byExternals = wearersByNamespace(externals.map((row) => ({ ...row, entity: row.entity })));

  const services = snapshot.services.flatMap(({ entity, namespace, selector }) => {
    if (!selector) return [];
    const matchLabels = { matchLabels: selector };
    return relate('services/selection', entity, [
      ...matching(byPods.get(namespace), matchLabels),
      ...matching(byExternals.get(namespace), matchLabels),
    ]);
  });
  const servers = snapshot['servers.policy.linkerd.io'].flatMap(({ entity, namespace, spec }) => {
    const { podSelector, externalWorkloadSelector } = (spec ?? {}) as ServerSpec;
    return relate('servers/selection', entity, [
      ...(podSelector ? matching(byPods.get(namespace), podSelector) : []),
      ...(externalWorkloadSelector ? matching(byExternals.get(namespace), externalWorkloadSelector) : []),
    ]);
  });
  return [...services, ...servers];
}

type ServerSpec = { readonly podSelector?: LabelSelector; readonly externalWorkloadSelector?: LabelSelector };
type Labelled = Pick<PolicyRow, 'namespace' | 'labels' | 'entity'>;

function labelSets({ entity, namespace, row, pods }: Workload): Labelled[] {
  const live = pods.filter((pod) => pod.live).map((pod) => ({ entity, namespace, labels: pod.labels }));
  return row?.standing ? [...live, { entity, namespace, labels: row.podLabels }] : live;
}

function wearersByNamespace(labelled: readonly Labelled[]): Map<string, Wearers[]> {
  const sets = new Map<string, Map<string, Wearers>>();
  for (const { namespace, labels, entity } of labelled) {
    const inNamespace = sets.get(namespace) ?? new Map<string, Wearers>();
    sets.set(namespace, inNamespace);
    const id = labels.join();
    const wearers = inNamespace.get(id) ?? { labels: labelsOf(labels), entities: new Set() };
    inNamespace.set(id, wearers);
    wearers.entities.add(entity);
  }
  return new Map([...sets].map(([namespace, inNamespace]) => [namespace, [...inNamespace.values()]]));
}

function matching(wearers: readonly Wearers[] | undefined, selector: LabelSelector): Entity[] {
  return (wearers ?? []).filter(({ labels }) => selects(selector, labels)).flatMap(({ entities }) => [...entities]);
}

function relate(family: string, { label, key }: Entity, selected: readonly Entity[]): Relation[] {
  return [...new Set(selected)].map((to) => ({
    type: 'SELECTS',
    from: { label, key },
    to: { label: to.label, key: to.key },
    family,
    props: {},
  }));
}
