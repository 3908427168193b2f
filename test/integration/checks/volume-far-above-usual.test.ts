import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from './build-graph.ts';
import { shopScan } from './data-mesh.ts';
import { evaluate, messagesOf } from './judge.ts';
import { call, trafficWindow } from './small-mesh.ts';
import { DAY, day, HOUR, spreadDays } from './spread-days.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

type Calls = readonly ReturnType<typeof call>[];
/** 240 requests a day, ten an hour. */
const usual = call('shop/web', 'shop/db', 240, { connections: 2400 });

type Case = { past?: Calls; days?: number; hour?: number; length?: number; at?: number; recent?: number };
/** Four days of the past, spread over their hours; then these calls, by default in the first hour of the fifth day. */
async function found(
  calls: Calls,
  { past = [usual], days = 4, hour = 0, length = 1, at = day(4) + HOUR, recent = 3 }: Case = {},
) {
  const closed = Array.from({ length: days }, (_, n) => 4 - days + n).map((n) =>
    trafficWindow(day(n), day(n + 1), past),
  );
  const [from, to] = [day(4) + hour * HOUR, day(4) + (hour + length) * HOUR];
  const quiet = to < at ? [trafficWindow(to, at, [])] : [];
  await refill(graph, [...closed, trafficWindow(from, to, calls), ...quiet, shopScan({}, at)]);
  await spreadDays(graph);
  return judged(at, recent);
}

async function judged(at: number, recent = 3) {
  const parameters = { recent: recent * HOUR, history: 3 * DAY };
  const result = await evaluate(graph, 'volume-far-above-usual', { since: at - DAY, at, parameters });
  expect(result).toMatchObject({ status: result.findings.length > 0 ? 'violated' : 'clean' });
  return messagesOf(result);
}
const text = (what: string) =>
  `shop/web called shop/db ${what} are usual by all hours, since fewer than four weeks of that hour are known`;

test('finds an hour far above all others, and what rose with it', async () => {
  expect(await found([call('shop/web', 'shop/db', 200)])).toEqual([
    text('200 times in the hour from 2026-11-27T00:00:00Z, where 10'),
  ]);
  const api = call('shop/web', 'shop/api', 240);
  const past = [usual, api, call('shop/api', 'shop/db', 240)];
  const rose = [call('shop/web', 'shop/db', 500), call('shop/web', 'shop/api', 200), call('shop/api', 'shop/db', 200)];
  expect(await found(rose, { past })).toEqual([
    `${text('500 times in the hour from 2026-11-27T00:00:00Z, where 10')}; so it did 1 more; 1 pair behind rose with it`,
  ]);
});

test('counts connections where there are no requests', async () => {
  const tcp = (connections: number) => call('shop/web', 'shop/db', 0, { protocol: 'tcp', connections });
  expect(await found([tcp(200)], { past: [tcp(240)] })).toHaveLength(1);
  expect(await found([call('shop/web', 'shop/db', 10, { connections: 5000 })])).toEqual([]);
});

test('is silent below a hundred, within what is usual, and about pairs not known for long', async () => {
  expect(await found([call('shop/web', 'shop/db', 99)])).toEqual([]);
  expect(await found([call('shop/web', 'shop/db', 200)], { past: [call('shop/web', 'shop/db', 2400)] })).toEqual([]);
  expect(await found([call('shop/web', 'shop/db', 200)], { days: 2 })).toEqual([]);
  expect(await found([call('shop/web', 'shop/api', 200)])).toEqual([]);
});

test('judges the last whole hours only', async () => {
  const loud = [call('shop/web', 'shop/db', 200)];
  expect(await found(loud, { at: day(4) + 6 * HOUR, hour: 1 })).toEqual([]);
  expect(await judged(day(4) + 6 * HOUR, 6)).toHaveLength(1);
  expect(await found(loud, { hour: 1, length: 0.5, at: day(4) + 1.5 * HOUR })).toEqual([]);
});

test('finds an hour of a day that is closed by its windows, in the same hours', async () => {
  await found([]);
  const loudAt = (hour: number) =>
    graph.write(
      `MATCH ()-[call:CALLED {bucket: $bucket}]->()
       SET call.wRequests = [n IN range(0, 23) | CASE n WHEN $hour THEN 200 ELSE 10 END]`,
      { bucket: day(3), hour },
    );
  await loudAt(23);
  expect(await judged(day(4) + HOUR)).toEqual([text('200 times in the hour from 2026-11-26T23:00:00Z, where 10')]);
  await loudAt(21);
  expect(await judged(day(4) + HOUR)).toEqual([]);
});
