import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, healthy, minute, scan, trafficWindow } from '../checks/small-mesh.ts';

let access: GraphAccess;
let graph: Graph;
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  await refill(graph, [
    scan,
    healthy,
    trafficWindow(minute(6), minute(7), [], [arrival('shop/web', 'shop/books', 'denied', 4)]),
  ]);
});
afterAll(() => graph?.close());

const report = (...args: string[]) =>
  runCommand(['report', '--since', '1h', ...args], {
    env: { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password },
    now: () => minute(10),
  });

test('a denied caller shows at the controls its check is evidence for, with how much was looked at', async () => {
  const { out, code } = await report('-o', 'json');
  expect(code).toBe(1);
  const { schema, clusters } = JSON.parse(out);
  expect(schema).toBe('meshgraph.report/v1');
  const [{ cluster, controls, checks, notes }] = clusters;
  expect(cluster).toBe('test');
  expect(notes).toContainEqual(expect.stringContaining('of the 1h asked about'));
  const denied = checks.find(({ check }: { check: { id: string } }) => check.id === 'denied-arrivals');
  expect(denied).toMatchObject({ result: 'open', population: { count: 2 }, findings: [{ row: { count: 4 } }] });
  const open = controls.filter(({ checks }: { checks: string[] }) => checks.includes('denied-arrivals'));
  expect(open.length).toBeGreaterThan(0);
  for (const control of open) expect(control).toMatchObject({ result: 'open' });
});

test('it is HTML unless asked for otherwise, and goes to a file', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'meshgraph-report-')), 'evidence.html');
  const { out, err } = await report('--out', file);
  expect(out).toBe('');
  expect(err).toContain(file);
  expect(await readFile(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*denied-arrivals[\s\S]*<\/html>\n$/);
});

test('nothing is recorded by it', async () => {
  await report('-o', 'markdown');
  expect(await graph.read('MATCH (finding:Finding) RETURN finding')).toEqual([]);
});

test('what cannot be judged is told so, and the exit code is 2', async () => {
  const { out, code } = await report('--stale-after', '1m', '-o', 'json');
  expect(code).toBe(2);
  const results = JSON.parse(out).clusters[0].controls.map(({ result }: { result: string }) => result);
  expect(new Set(results)).toEqual(new Set(['unknown']));
});
