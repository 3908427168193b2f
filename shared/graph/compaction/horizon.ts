import type { Horizon } from '../../domain/compaction/horizon.ts';
import type { Graph, Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import raise from './horizon/raise.cypher';
import read from './horizon/read.cypher';

/**
 * Makes it known, before anything is taken away, since when what is kept of the cluster; whoever writes asks for it
 * first. Answers the horizon that counts: no part of it is before what it was.
 */
export async function raiseHorizon(fence: Fence, horizon: Horizon): Promise<Horizon> {
  const rows = await fence.transaction((tx) => tx.run<Horizon>(raise, { cluster: fence.cluster, ...horizon }));
  return rows[0] as Horizon;
}

/** The horizon of a cluster, `undefined` while nothing of it was ever compacted. */
export async function readHorizon(graph: Graph, cluster: string): Promise<Horizon | undefined> {
  return (await graph.read<Horizon>(read, { cluster }))[0];
}

/** Whether an observation of this instant comes too late to be written: its day may have been rolled up. */
export async function isBeforeHorizon(tx: Transaction, cluster: string, at: number): Promise<boolean> {
  const [horizon] = await tx.run<Horizon>(read, { cluster });
  return horizon !== undefined && at < horizon.windowsSince;
}
