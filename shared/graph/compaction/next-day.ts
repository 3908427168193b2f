import { dayOf } from '../../domain/traffic-series/bucket.ts';
import { LAYERS } from '../../domain/traffic-series/slot.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import { forLayer } from '../traffic/layer-query.ts';
import readMarks from './horizon/read-marks.cypher';
import oldestScan from './ledger/oldest-scan.cypher';
import oldestChunk from './traffic/oldest-chunk.cypher';

/** How far a cluster's days are done: every day before is. Kept with the lease, written with the work it tells of. */
export type Marks = { readonly rolledUpTo?: number | null; readonly ledgerByDayTo?: number | null };

/** The oldest day that a mark does not cover yet and that ends before `before`; `undefined` when all is done. */
export async function nextDay(fence: Fence, mark: keyof Marks, before: number): Promise<number | undefined> {
  const day = await fence.transaction(async (tx) => {
    const [marks] = await tx.run<Marks>(readMarks, { cluster: fence.cluster });
    return marks?.[mark] ?? dayOf(await oldest(tx, fence.cluster, before));
  });
  return day < before ? day : undefined;
}

async function oldest(tx: Transaction, cluster: string, before: number): Promise<number> {
  const instants = [before];
  const add = (rows: readonly { at: number }[]) => instants.push(...rows.map(({ at }) => at));
  for (const source of ['traffic', 'cluster', 'certificates']) {
    add(await tx.run<{ at: number }>(oldestScan, { cluster, source }));
  }
  for (const layer of LAYERS) {
    const query = forLayer(oldestChunk, layer);
    for (const grain of ['hour', 'day']) add(await tx.run<{ at: number }>(query, { cluster, grain, before }));
  }
  return Math.min(...instants);
}
