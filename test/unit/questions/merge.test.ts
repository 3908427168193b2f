import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeEdges } from '../../../shared/questions/edges/merge.ts';
import { isLetIn } from '../../../shared/questions/edges/shares.ts';
import type { ToldRow } from '../../../shared/questions/edges/told.ts';
import { arrived, called } from './told-rows.ts';

const told = (rows: readonly ToldRow[]) =>
  mergeEdges(rows).map(({ from, shares, count }) => [
    from.name,
    Object.fromEntries(shares.map((share) => [share.verdict, share.count])),
    count,
  ]);
const own = (name: string) => ({ identity: `${name}.sa`, owners: [name] });

describe('an identity that one workload carries', () => {
  test('arrivals the dying caller never counted are told of it all the same', () => {
    const rows = [called('scanner', 'authors', 115), arrived(own('scanner'), 'authors', 'denied', 118)];
    expect(told(rows)).toEqual([['scanner', { denied: 118 }, 118]]);
  });

  test('is told even where its own proxy told nothing', () => {
    expect(told([arrived(own('scanner'), 'authors', 'denied', 3)])).toEqual([['scanner', { denied: 3 }, 3]]);
  });

  test('verdicts split what arrived', () => {
    const rows = [
      called('reports', 'voting', 120),
      arrived(own('reports'), 'voting', 'denied', 40),
      arrived(own('reports'), 'voting', 'allowed', 80),
    ];
    expect(told(rows)).toEqual([['reports', { denied: 40, allowed: 80 }, 120]]);
  });

  test('calls over mesh TLS that no pod told any more met the one verdict there was', () => {
    const rows = [called('webapp', 'books', 100), arrived(own('webapp'), 'books', 'allowed', 97)];
    expect(told(rows)).toEqual([['webapp', { allowed: 100 }, 100]]);
  });

  test('calls without mesh TLS beside them may have met no proxy: what became of them is unknown', () => {
    const rows = [
      called('webapp', 'books', 97),
      called('webapp', 'books', 5, { tls: 'no_identity' }),
      arrived(own('webapp'), 'books', 'allowed', 97),
    ];
    expect(told(rows)).toEqual([['webapp', { allowed: 97, unknown: 5 }, 102]]);
    expect(mergeEdges(rows)[0]?.mTls).toBe(false);
  });
});

describe('an identity that several workloads carry', () => {
  const shared = { identity: 'default.sa', owners: ['a', 'b'] };

  test('where all arrivals met one verdict, each workload met it', () => {
    const rows = [called('a', 'x', 10), called('b', 'x', 5), arrived(shared, 'x', 'denied', 15)];
    expect(told(rows)).toEqual([
      ['a', { denied: 10 }, 10],
      ['b', { denied: 5 }, 5],
    ]);
    expect(mergeEdges(rows).some(({ shares }) => shares.some(isLetIn))).toBe(false);
  });

  test('what exceeds the calls of all of them is told of the identity', () => {
    const rows = [called('a', 'x', 10), arrived(shared, 'x', 'allowed', 13)];
    expect(told(rows)).toEqual([
      ['a', { allowed: 10 }, 10],
      ['default.sa', { allowed: 3 }, 3],
    ]);
  });

  test('where verdicts differ, nobody can say whose they were', () => {
    const rows = [called('a', 'x', 10), arrived(shared, 'x', 'allowed', 6), arrived(shared, 'x', 'denied', 4)];
    expect(told(rows)).toEqual([
      ['a', { unknown: 10 }, 10],
      ['default.sa', { allowed: 6, denied: 4 }, 10],
    ]);
  });
});

test('a caller without identity stands for itself, and its edge is not mutual TLS', () => {
  const [edge] = mergeEdges([arrived(null, 'authors', 'denied', 137)]);
  expect(edge).toMatchObject({ from: { name: 'unauthenticated' }, identity: null, mTls: false, count: 137 });
});

test('TLS without a client certificate is not mutual', () => {
  const [edge] = mergeEdges([arrived(null, 'linkerd-identity', 'allowed', 30, { tls: 'true' })]);
  expect(edge).toMatchObject({ mTls: false, count: 30 });
});

test('what the own proxy refused went nowhere', () => {
  const refused = called('scanner', 'payments', 71, { refused: 71, tls: 'not_sent' });
  expect(told([refused])).toEqual([['scanner', { refused: 71 }, 71]]);
  expect(mergeEdges([refused])[0]!.shares.some(isLetIn)).toBe(false);
});

test('a stream that never ended counts no request, yet it got through', () => {
  const [edge] = mergeEdges([called('a', 'b', 0)]);
  expect(edge).toMatchObject({ count: 0, shares: [{ verdict: 'unknown', count: 0 }] });
  expect(edge!.shares.some(isLetIn)).toBe(true);
});

test('connections and requests on one port stay apart', () => {
  const rows = [called('a', 'b', 3, { protocol: 'tcp' }), arrived(own('a'), 'b', 'allowed', 40)];
  expect(mergeEdges(rows).map(({ unit, count }) => [unit, count])).toEqual([
    ['connections', 3],
    ['requests', 40],
  ]);
});

test('no request is lost or told twice, whoever carries the identities', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const count = fc.integer({ min: 0, max: 50 });
  const owners = fc.constantFrom([], ['a'], ['a', 'b'], ['c']);
  const anyRow = fc.oneof(
    fc.record({ from: names, count }).map((one) => called(one.from, 'x', one.count)),
    fc
      .record({ owners, verdict: fc.constantFrom('allowed', 'denied'), count })
      .map((one) =>
        arrived({ identity: `sa-${one.owners.join('')}`, owners: one.owners }, 'x', one.verdict, one.count),
      ),
  );
  const sum = (rows: readonly ToldRow[], layer: string) =>
    rows.filter((row) => row.layer === layer).reduce((total, row) => total + row.count, 0);
  fc.assert(
    fc.property(fc.array(anyRow), (rows) => {
      const total = mergeEdges(rows).reduce((all, edge) => all + edge.count, 0);
      expect(total).toBeGreaterThanOrEqual(Math.max(sum(rows, 'CALLED'), sum(rows, 'ARRIVED_AT')));
      expect(total).toBeLessThanOrEqual(sum(rows, 'CALLED') + sum(rows, 'ARRIVED_AT'));
    }),
  );
});
