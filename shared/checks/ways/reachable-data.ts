import { z } from 'zod';
import { walk, wayTo } from './walk.ts';
import type { WayRow } from './way-row.ts';
import { toWays, type Ways, wayText } from './ways.ts';

/** Who holds data, and the nearest of some workloads that leads there, with the way it takes. */
export const reachableRow = z.object({
  holderKey: z.string(),
  holderLabel: z.string(),
  holder: z.string(),
  data: z.array(z.string()),
  /** What the workloads are: an exposure, or unowned. */
  source: z.string(),
  callerKey: z.string(),
  caller: z.string(),
  way: z.string(),
  hops: z.number(),
});

export type ReachableRow = z.infer<typeof reachableRow>;

/** One row a holder of data and source it can be reached from, by the shortest way; `sources` are keys of workloads by name. */
export const reachableData =
  (sourcesOf: (ways: Ways) => ReadonlyMap<string, readonly string[]>) =>
  (rows: readonly WayRow[]): ReachableRow[] => {
    const ways = toWays(rows);
    return [...sourcesOf(ways)].flatMap(([source, workloads]) => {
      const reached = walk(workloads, ways.hops, 'along');
      return [...ways.data].flatMap(([holderKey, data]) => {
        if (!reached.has(holderKey)) return [];
        const way = wayTo(holderKey, reached, 'along');
        const callerKey = way[0]?.from ?? holderKey;
        return {
          holderKey,
          holderLabel: ways.refTo(holderKey).label,
          holder: ways.nameOf(holderKey),
          data: [...data],
          source,
          callerKey,
          caller: ways.nameOf(callerKey),
          way: wayText(callerKey, way, ways),
          hops: way.length,
        };
      });
    });
  };
