import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeWalk, spread, type Walk, wayOf } from '../../../shared/questions/walk/walk.ts';

const node = (name: string) => ({ label: 'Workload', key: name, name });
const walkOf = (...pairs: [string, string, number?][]): Walk =>
  makeWalk(
    pairs.map(([from, to, last = 0]) => ({
      from: node(from),
      to: node(to),
      ports: [80],
      count: 1,
      mTls: true,
      policies: [],
      first: 0,
      last,
    })),
  );
const indexOf = (walk: Walk, name: string): number => walk.indices.get(name)!;

test('nodes are reached nearest first, each by a way of as many hops', () => {
  const walk = walkOf(['a', 'b'], ['b', 'c'], ['c', 'd'], ['a', 'c'], ['x', 'a']);
  const reached = spread(walk, [indexOf(walk, 'a')], 'out', 9);
  expect(reached.order.map((index) => walk.nodes[index]?.name)).toEqual(['a', 'b', 'c', 'd']);
  const way = wayOf(walk, reached, indexOf(walk, 'd'), 'out');
  expect(way.map(({ from, to }) => from.name + to.name)).toEqual(['ac', 'cd']);
});

test('against the calls the way is still told in the order of the calls', () => {
  const walk = walkOf(['a', 'b'], ['b', 'c']);
  const reached = spread(walk, [indexOf(walk, 'c')], 'in', 9);
  const way = wayOf(walk, reached, indexOf(walk, 'a'), 'in');
  expect(way.map(({ from, to }) => from.name + to.name)).toEqual(['ab', 'bc']);
});

test('no further than asked, and round a ring only once', () => {
  const walk = walkOf(['a', 'b'], ['b', 'c'], ['c', 'a']);
  expect(spread(walk, [indexOf(walk, 'a')], 'out', 1).order).toHaveLength(2);
  expect(spread(walk, [indexOf(walk, 'a')], 'out', 99).order).toHaveLength(3);
});

test('of ways of equal length the one seen most recently is taken', () => {
  const walk = walkOf(['a', 'old', 1], ['old', 'z', 1], ['a', 'new', 2], ['new', 'z', 2]);
  const reached = spread(walk, [indexOf(walk, 'a')], 'out', 9);
  expect(wayOf(walk, reached, indexOf(walk, 'z'), 'out')[0]?.to.name).toBe('new');
});

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Floyd and Warshall: the shortest distance of every two names. */
function distances(pairs: readonly [string, string][]): Map<string, number> {
  const far = new Map(names.flatMap((a) => names.map((b) => [a + b, a === b ? 0 : Number.POSITIVE_INFINITY])));
  for (const [a, b] of pairs) if (a !== b) far.set(a + b, 1);
  for (const via of names)
    for (const a of names)
      for (const b of names) far.set(a + b, Math.min(far.get(a + b)!, far.get(a + via)! + far.get(via + b)!));
  return far;
}

test('distances are those Floyd and Warshall find, in both directions', () => {
  const name = fc.constantFrom(...names);
  const toldDistance = (distance = -1) => (distance === -1 ? Number.POSITIVE_INFINITY : distance);
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 20 }), (pairs) => {
      const walk = walkOf(...pairs);
      const far = distances(pairs);
      const ends = [...walk.indices].flatMap((start) => [...walk.indices].map((end) => [start, end] as const));
      for (const [[start, from], [end, to]] of ends) {
        expect(toldDistance(spread(walk, [from], 'out', 99).distance[to])).toBe(far.get(start + end));
        expect(toldDistance(spread(walk, [to], 'in', 99).distance[from])).toBe(far.get(start + end));
      }
    }),
  );
});
