import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, call, minute, scan, trafficWindow } from '../checks/small-mesh.ts';
import { askGraph, columns } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const iso = (n: number): string => new Date(minute(n)).toISOString();
const plain = (requests: number, more = {}) =>
  call('shop/web', 'legacy/inventory', requests, {
    tls: 'no_identity',
    noTlsReason: 'not_provided_by_service_discovery',
    ...more,
  });
const secure = call('shop/web', 'shop/books', 9);

/** Windows of a minute: `plainIn` those with a plain-text call, `unread` those nobody read, `partial` those read in part. */
const windows = (
  to: number,
  plainIn: readonly number[],
  unread: readonly number[] = [],
  partial: readonly number[] = [],
) =>
  Array.from({ length: to }, (_, n) => n)
    .filter((n) => !unread.includes(n))
    .map((n) =>
      trafficWindow(
        minute(n),
        minute(n + 1),
        plainIn.includes(n) ? [secure, plain(n)] : [secure],
        [],
        !partial.includes(n),
      ),
    );

const SPAN = ['began', 'from', 'to', 'ended', 'unwatched', 'count'] as const;
const spans = async (period = {}, values = {}) => columns(await askGraph(graph, 'plaintext', values, period), ...SPAN);

test('each stretch of plain-text calls is told by its windows, from the one it was seen to begin in to the last', async () => {
  await refill(graph, [scan, ...windows(12, [2, 3, 9, 10])]);
  expect(await spans()).toEqual([
    ['nothing', minute(2), minute(4), 'ended', null, 5],
    ['nothing', minute(9), minute(11), 'goes on', null, 19],
  ]);
});

test('how long a silence ends it can be said', async () => {
  expect(await spans({}, { quiet: '6m' })).toEqual([['nothing', minute(2), minute(11), 'goes on', null, 24]]);
  expect(await spans({}, { quiet: '1m' })).toHaveLength(2);
});

test('over a gap nothing is known to have ended', async () => {
  await refill(graph, [scan, ...windows(12, [2, 3, 9], [4, 5, 6, 7, 8])]);
  expect(await spans()).toEqual([['nothing', minute(2), minute(10), 'goes on', '5m', 14]]);
  await refill(graph, [scan, ...windows(4, [2, 3]), ...windows(12, []).slice(10)]);
  expect(await spans()).toEqual([['nothing', minute(2), minute(4), 'unknown', null, 5]]);
});

test('a window that was read only in part does not end it either', async () => {
  await refill(graph, [scan, ...windows(8, [2, 3], [], [4, 5, 6])]);
  expect(await spans()).toEqual([['nothing', minute(2), minute(4), 'unknown', null, 5]]);
});

test('what was going on when the period began did not begin with it, and is counted for the period alone', async () => {
  await refill(graph, [scan, ...windows(8, [2, 3, 4, 5, 6])]);
  expect(await spans({ since: iso(4), at: iso(6) })).toEqual([['nothing', minute(2), minute(6), 'goes on', null, 9]]);
  expect(await spans({ since: iso(7), at: iso(8) })).toEqual([]);
});

test('what went on for more than a day before the period is told so', async () => {
  const day = 24 * 60;
  const long = [0, 1, 2].map((n) => trafficWindow(minute(n), minute(n + 1), [plain(1)]));
  const later = [1, 2, 3].map((n) => trafficWindow(minute(2 * day + n), minute(2 * day + n + 1), [plain(1)]));
  await refill(graph, [scan, ...long, ...later]);
  expect(await spans({ since: '1h' })).toEqual([
    ['it went on', minute(2 * day + 1), minute(2 * day + 4), 'goes on', null, 3],
  ]);
});

test('both sides tell of plain text: a caller by its name, the called side of one without', async () => {
  await refill(graph, [
    scan,
    trafficWindow(
      minute(0),
      minute(1),
      [plain(4, { protocol: 'tcp', requests: 0, connections: 3 })],
      [arrival(null, 'shop/books', 'allowed', 5), arrival(null, 'shop/books', 'denied', 2)],
    ),
  ]);
  const answer = await askGraph(graph, 'plaintext');
  expect(columns(answer, 'caller', 'callee', 'seenBy', 'verdict', 'count', 'unit', 'reasons')).toEqual([
    ['unauthenticated', 'shop/books', 'callee', 'allowed', 5, 'requests', ['no_tls_from_remote']],
    ['shop/web', 'legacy/inventory', 'caller', null, 3, 'connections', ['not_provided_by_service_discovery']],
    ['unauthenticated', 'shop/books', 'callee', 'denied', 2, 'requests', ['no_tls_from_remote']],
  ]);
  expect(answer.summary).toBe("2 pairs call without the mesh's TLS, 2 of them still");
});

test('mutual TLS, a hop to the own application and what was never sent are no plain text', async () => {
  const not = [
    plain(1, { tls: 'true', serverIdentity: 'x' }),
    plain(1, { noTlsReason: 'loopback' }),
    plain(1, { tls: 'not_sent', refused: 1 }),
    plain(1, { tls: 'opaque' }),
  ];
  const own = [
    arrival('shop/web', 'shop/books', 'allowed', 1),
    arrival(null, 'shop/books', 'allowed', 1, { noTlsReason: 'loopback' }),
  ];
  for (const one of not) {
    await refill(graph, [scan, trafficWindow(minute(0), minute(1), [one], own)]);
    expect((await askGraph(graph, 'plaintext')).rows).toEqual([]);
  }
});
