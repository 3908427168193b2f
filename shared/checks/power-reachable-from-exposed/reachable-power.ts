import { z } from 'zod';
import { powersInWords, scopeInWords } from '../../gate/rules/rbac/gravity.ts';
import { walk, wayTo } from '../ways/walk.ts';
import { wayRow } from '../ways/way-row.ts';
import { toWays, wayText } from '../ways/ways.ts';

/** A row of powers.cypher: what the ServiceAccount of a workload may do, and in which namespace; null = in all. */
const heldRow = z.object({
  layer: z.literal('HELD'),
  key: z.string(),
  account: z.string(),
  grants: z.array(z.object({ power: z.string(), namespace: z.string().nullable() })),
  bindings: z.array(z.string()),
});

/** What the step of the check reads: calls, what their ends are, and who holds powers. */
export const readsPower = z.union([heldRow, wayRow]);

export const reachablePowerRow = z.object({
  holderKey: z.string(),
  holder: z.string(),
  account: z.string(),
  powers: z.array(z.string()),
  /** The powers in words, each where it holds. */
  may: z.string(),
  bindings: z.array(z.string()),
  /** The exposure of the workload where the way begins. */
  source: z.string(),
  callerKey: z.string(),
  caller: z.string(),
  way: z.string(),
  hops: z.number(),
});

/** One row a workload with powers that an exposed one reaches or is, by the shortest way. */
export function reachablePower(rows: readonly z.infer<typeof readsPower>[]): z.infer<typeof reachablePowerRow>[] {
  const held = rows.filter((row) => row.layer === 'HELD');
  if (held.length === 0) return [];
  const ways = toWays(rows.filter((row) => row.layer !== 'HELD'));
  const reached = walk([...ways.exposed.values()].flat(), ways.hops, 'along');
  const sourceOf = (key: string): string =>
    [...ways.exposed].flatMap(([name, workloads]) => (workloads.includes(key) ? [name] : [])).join(', ');
  return held
    .filter(({ key }) => reached.has(key))
    .map(({ key, account, grants, bindings }) => {
      const way = wayTo(key, reached, 'along');
      const callerKey = way[0]?.from ?? key;
      return {
        holderKey: key,
        holder: ways.nameOf(key),
        account,
        powers: [...new Set(grants.map(({ power }) => power))],
        may: inWords(grants),
        bindings,
        source: sourceOf(callerKey),
        callerKey,
        caller: ways.nameOf(callerKey),
        way: wayText(callerKey, way, ways),
        hops: way.length,
      };
    });
}

/** Whoever may do something everywhere, or everything, need not be told of less. */
function inWords(grants: z.infer<typeof heldRow>['grants']): string {
  const everywhere = new Set(grants.filter(({ namespace }) => namespace === null).map(({ power }) => power));
  const places = Map.groupBy(
    grants.filter(
      ({ power, namespace }) => namespace === null || !(everywhere.has(power) || everywhere.has('wildcard')),
    ),
    ({ namespace }) => namespace,
  );
  return [...places]
    .map(([namespace, all]) => {
      const powers = all.map(({ power }) => power);
      const told = powersInWords(powers.includes('wildcard') ? ['wildcard'] : powers);
      return `${told} ${scopeInWords(namespace ?? undefined)}`;
    })
    .join(', and ');
}
