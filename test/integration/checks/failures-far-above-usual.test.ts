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
const at = day(4) + HOUR;

/** Four days of the past, spread over their hours; then these calls in the first hour of the fifth day. */
async function found(past: Calls, calls: Calls) {
  const closed = [0, 1, 2, 3].map((n) => trafficWindow(day(n), day(n + 1), past));
  await refill(graph, [...closed, trafficWindow(day(4), at, calls), shopScan({}, at)]);
  await spreadDays(graph);
  const parameters = { recent: 3 * HOUR, history: 3 * DAY };
  return messagesOf(await evaluate(graph, 'failures-far-above-usual', { since: at - DAY, at, parameters }));
}
const ok = (from: string, to: string) => call(from, to, 2400);
const failing = (from: string, to: string, failures: number, count = 100) => call(from, to, count, { failures });

test('finds the callee whose failures made others fail: one finding', async () => {
  const past = [ok('shop/web', 'shop/api'), ok('shop/api', 'shop/db'), ok('shop/job', 'shop/db')];
  const now = [
    failing('shop/web', 'shop/api', 30),
    failing('shop/api', 'shop/db', 40),
    failing('shop/job', 'shop/db', 20),
  ];
  expect(await found(past, now)).toEqual([
    'shop/db failed shop/api 40 of 100 times (40 %) in the hour from 2026-11-27T00:00:00Z, ' +
      'where 0 % are usual by all hours, since fewer than four weeks of that hour are known; ' +
      'it failed 1 more that way; 1 pair further up fails with it',
  ]);
});

test('is silent about few failures, a small share, and what always fails', async () => {
  const past = [ok('shop/web', 'shop/db')];
  expect(await found(past, [failing('shop/web', 'shop/db', 9, 20)])).toEqual([]);
  expect(await found(past, [failing('shop/web', 'shop/db', 40, 1000)])).toEqual([]);
  const always = [call('shop/web', 'shop/db', 2400, { failures: 480 })];
  expect(await found(always, [failing('shop/web', 'shop/db', 45)])).toEqual([]);
  expect(await found(always, [failing('shop/web', 'shop/db', 70)])).toHaveLength(1);
});
