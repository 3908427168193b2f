import { type Hop, wayText } from '../edges/hops.ts';
import type { NamedNode } from '../question.ts';
import type { End } from '../walk/ends.ts';
import { spread, type Walk, wayOf } from '../walk/walk.ts';

/** Who called whom for a while, and what held data at its end. */
export type Sight = { readonly walk: Walk; readonly ends: readonly Pick<End, 'key' | 'holds'>[] };

type Reach = { readonly who: NamedNode; readonly data: string; readonly way: readonly Hop[] };

/** Everybody who reaches data, by who and the class: one shortest way each. */
function reachesOf({ walk, ends }: Sight): Map<string, Reach> {
  const classes = [...new Set(ends.flatMap(({ holds }) => holds))].sort();
  return new Map(
    classes.flatMap((data) => {
      const holders = ends.filter(({ holds }) => holds.includes(data));
      const starts = holders.flatMap(({ key }) => walk.indices.get(key) ?? []);
      const reached = spread(walk, starts, 'in', Number.POSITIVE_INFINITY);
      return reached.order.flatMap((index): [string, Reach][] => {
        const who = walk.nodes[index];
        if (!who || reached.distance[index] === 0) return [];
        return [[JSON.stringify([who.key, data]), { who, data, way: wayOf(walk, reached, index, 'in') }]];
      });
    }),
  );
}

/**
 * Who came to reach a class of data between two sights, and who no longer does, as rows of the question `changes`. New ways
 * are dated by their newest call, lost ones by the call that ended first; never before `since`.
 */
export function changedReach(before: Sight, after: Sight, since: number) {
  const [old, now] = [reachesOf(before), reachesOf(after)];
  const gained = [...now].filter(([name]) => !old.has(name)).map(([, reach]) => reach);
  const lost = [...old].filter(([name]) => !now.has(name)).map(([, reach]) => reach);
  const dated = (at: number): number => Math.max(at, since);
  return [
    ...gained.map((one) => rowOf('reaches data', one, dated(Math.max(...one.way.map(({ first }) => first))))),
    ...lost.map((one) => rowOf('no longer reaches data', one, dated(Math.min(...one.way.map(({ last }) => last))))),
  ];
}

const rowOf = (what: string, { who, data, way }: Reach, at: number) => ({
  at,
  what,
  label: who.label,
  key: who.key,
  name: who.name,
  otherLabel: 'DataClass',
  otherKey: null,
  otherName: data,
  detail: data,
  before: null,
  after: null,
  entity: `${who.name} → ${data} data`,
  story: wayText(way),
});
