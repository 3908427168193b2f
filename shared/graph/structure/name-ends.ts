import type { NodeRef, Relation } from '../../domain/observation.ts';
import { nodeName } from '../../domain/projection/family-facts.ts';
import type { Fence } from '../lease.ts';
import { nameNodes } from './write-nodes.ts';

/** Whether the scan itself describes a node, so that it is known to be in the graph. */
export type IsDescribed = (node: NodeRef) => boolean;

/**
 * Sees to it that both ends of relationships exist. An end that the scan does not describe (another source does, or
 * will) begins as a mere name, so that the graph does not depend on which source came first.
 */
export async function nameEnds(
  fence: Fence,
  at: number,
  relations: Iterable<Relation>,
  isDescribed: IsDescribed,
): Promise<void> {
  const unknown = new Map<string, NodeRef>();
  for (const { from, to } of relations) {
    for (const end of [from, to]) if (!isDescribed(end)) unknown.set(nodeName(end), end);
  }
  await nameNodes(
    fence,
    [...unknown.values()].map((end) => ({ ...end, naming: {} })),
    at,
  );
}
