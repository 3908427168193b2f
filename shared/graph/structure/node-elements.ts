import type { NodeRef, Relation } from '../../domain/observation.ts';
import { nodeName } from '../../domain/projection/family-facts.ts';
import type { Transaction } from '../connection.ts';
import elementsByKey from './elements-by-key.cypher';
import { inGroups } from './in-groups.ts';
import { forLabel } from './structure-query.ts';

/** Element ids of nodes by name (`nodeName`), as far as one write has met them. */
export type NodeElements = Map<string, string>;

/** Adds those ends of relationships that are not known yet; ends that do not exist stay unknown. */
export async function learnEnds(
  tx: Transaction,
  elements: NodeElements,
  relations: readonly Pick<Relation, 'from' | 'to'>[],
): Promise<void> {
  const unknown = new Map<string, NodeRef>();
  for (const end of relations.flatMap(({ from, to }) => [from, to])) {
    if (!elements.has(nodeName(end))) unknown.set(nodeName(end), end);
  }
  await inGroups(
    unknown.values(),
    ({ label }) => label,
    async (label, ends) => {
      const keys = ends.map(({ key }) => key);
      const found = await tx.run<{ key: string; element: string }>(forLabel(elementsByKey, label), { keys });
      for (const { key, element } of found) elements.set(nodeName({ label, key }), element);
    },
  );
}
