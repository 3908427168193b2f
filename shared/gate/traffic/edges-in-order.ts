import { type Edge, mergeEdges } from '../../questions/edges/merge.ts';
import type { ToldRow } from '../../questions/edges/told.ts';

/** Both layers merged, in an order of their own: the same calls give the same edges however their rows came. */
export function edgesInOrder(rows: readonly ToldRow[]): Edge[] {
  const ordered = rows
    .filter(({ layer }) => layer !== 'HOLDS')
    .map((row) => ({
      row,
      text: JSON.stringify([row.layer, row.from.key, row.to.key, row.port, row.protocol, row.verdict, row.tls]),
    }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => ({
      ...row,
      serverIdentities: row.serverIdentities.toSorted(),
      policies: row.policies.toSorted(),
    }));
  return mergeEdges(ordered);
}
