import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hop, hopsOf, waysTo, wayText } from '../../../shared/questions/edges/hops.ts';
import { mergeEdges } from '../../../shared/questions/edges/merge.ts';
import { arrived, called } from './told-rows.ts';

const hops = (...pairs: [string, string][]): Hop[] =>
  hopsOf(mergeEdges(pairs.map(([from, to]) => called(from, to, 1))));

test('the shortest way is taken, and told hop by hop', () => {
  const way = waysTo(['c/d'], hops(['a', 'b'], ['b', 'c'], ['c', 'd'], ['a', 'c'])).get('c/a');
  expect(wayText(way ?? [])).toBe('a → c → d');
});

test('a pair of which everything was denied is no hop; one request let in makes it one', () => {
  const denied = [called('a', 'b', 5), arrived({ identity: 'a.sa', owners: ['a'] }, 'b', 'denied', 5)];
  expect(hopsOf(mergeEdges(denied))).toEqual([]);
  const one = arrived({ identity: 'a.sa', owners: ['a'] }, 'b', 'allowed', 1);
  expect(hopsOf(mergeEdges([...denied, one]))).toHaveLength(1);
});

test('parallel edges are one hop: mutual TLS only if all are, last seen by any', () => {
  const edges = mergeEdges([
    called('a', 'b', 1, { port: 80, last: 5_000 }),
    called('a', 'b', 2, { port: 81, tls: 'no_identity', last: 9_000 }),
  ]);
  expect(hopsOf(edges)).toMatchObject([{ ports: [80, 81], count: 3, mTls: false, last: 9_000 }]);
});

test('of ways of equal length the one seen most recently is taken', () => {
  const edges = mergeEdges([
    called('a', 'old', 1),
    called('old', 'z', 1, { last: 2_000 }),
    called('a', 'new', 1),
    called('new', 'z', 1, { last: 3_000 }),
  ]);
  expect(wayText(waysTo(['c/z'], hopsOf(edges)).get('c/a') ?? [])).toBe('a → new → z');
});

test('ways are as short as Floyd and Warshall find them, and every way is made of hops that exist', () => {
  const node = fc.integer({ min: 0, max: 7 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(node, node), { maxLength: 40 }),
      fc.uniqueArray(node, { minLength: 1 }),
      (pairs, ends) => {
        const known = hops(...pairs.map(([from, to]): [string, string] => [`${from}`, `${to}`]));
        const ways = waysTo(
          ends.map((end) => `c/${end}`),
          known,
        );
        const distance = shortestDistances(pairs);
        for (let from = 0; from < 8; from++) {
          const nearest = Math.min(...ends.map((end) => distance[from]![end]!));
          const way = ways.get(`c/${from}`);
          expect(way?.length ?? Number.POSITIVE_INFINITY).toBe(nearest);
          for (const hop of way ?? []) expect(known).toContain(hop);
        }
      },
    ),
  );
});

test('20,000 pairs are walked in well under a second', () => {
  const pairs = Array.from({ length: 20_000 }, (_, i): [string, string] => [
    `w${i % 3_000}`,
    `w${(i * 7 + Math.floor(i / 3_000) * 131 + 1) % 3_000}`,
  ]);
  const known = hops(...pairs);
  const start = performance.now();
  expect(waysTo(['c/w0'], known).size).toBeGreaterThan(1_000);
  expect(performance.now() - start).toBeLessThan(1_000);
});

function shortestDistances(pairs: readonly (readonly [number, number])[]): number[][] {
  const all = Array.from({ length: 8 }, (_, i) =>
    Array.from({ length: 8 }, (_, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)),
  );
  for (const [from, to] of pairs) if (from !== to) all[from]![to] = 1;
  for (let via = 0; via < 8; via++) {
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) all[i]![j] = Math.min(all[i]![j]!, all[i]![via]! + all[via]![j]!);
    }
  }
  return all;
}
