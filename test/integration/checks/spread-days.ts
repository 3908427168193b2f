import type { Graph } from '../../../shared/graph/connection.ts';
import { start } from './small-mesh.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Midnight of the n-th day. */
export const day = (n: number): number => start - (start % DAY) + n * DAY;

/**
 * Gives each closed day of the calls an hour-long window for each of its hours, which share its totals evenly: what 24
 * windows a day would have left, without writing them.
 */
export async function spreadDays(graph: Graph): Promise<void> {
  await graph.write(
    `MATCH ()-[call:CALLED {grain: 'day'}]->()
     SET call.at = [n IN range(0, 23) | call.bucket + n * 3600000], call.wLength = [n IN range(0, 23) | 3600000],
         call.wRequests = [n IN range(0, 23) | call.requests / 24], call.wFailures = [n IN range(0, 23) | call.failures / 24],
         call.wConnections = [n IN range(0, 23) | call.connections / 24], call.lastAt = call.bucket + 86400000`,
  );
}
