import type { End, Series } from '../../domain/traffic-series/series.ts';
import type { Window } from '../../domain/window.ts';
import type { Fence } from '../lease.ts';
import { inBatches } from './in-batches.ts';
import { forLabel } from './layer-query.ts';
import mergeNodes from './merge-nodes.cypher';

const BATCH = 10_000;

/** The element id of a node that traffic names. */
export type ElementIds = (end: End) => string;

/**
 * Sees to it that every end of the series has its node and that the node was seen in `window`; nodes that no cluster
 * scan knows yet begin here. One transaction a batch, one statement a label.
 */
export async function writeNodes(fence: Fence, series: readonly Series[], window: Window): Promise<ElementIds> {
  const ends = new Map(series.flatMap(({ from, to }) => [from, to]).map((end) => [nameOf(end), end]));
  const ids = new Map<string, string>();
  await inBatches([...ends.values()], BATCH, (batch) =>
    fence.transaction(async (tx) => {
      for (const [label, ofLabel] of Map.groupBy(batch, (end) => end.label)) {
        const rows = ofLabel.map(({ key, props }) => ({ key, props }));
        const merged = await tx.run<{ key: string; id: string }>(forLabel(mergeNodes, label), { rows, ...window });
        for (const { key, id } of merged) ids.set(nameOf({ label, key }), id);
      }
    }),
  );
  return (end) => ids.get(nameOf(end)) as string;
}

const nameOf = ({ label, key }: Pick<End, 'label' | 'key'>): string => `${label}/${key}`;
