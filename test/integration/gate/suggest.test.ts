import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';

const BUNDLE = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');
const END = Date.parse('2026-11-23T18:00:00Z');

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  const { uri, username, password } = await freshGraph();
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-suggest-'));
  env = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
  await runCommand(['scan', '--bundle', BUNDLE, '--log', folder], { cwd: folder, env });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runCommand(args, { cwd: folder, env, now: () => END });

it('suggests from the graph what it suggests from the bundle it was scanned from', async () => {
  const [graph, bundle] = [await run('suggest', '-o', 'json'), await run('suggest', '-o', 'json', '--against', BUNDLE)];
  expect([graph.code, bundle.code]).toEqual([0, 0]);
  expect(JSON.parse(graph.out).admitted).toEqual(JSON.parse(bundle.out).admitted);
  expect(JSON.parse(graph.out).admitted.length).toBeGreaterThan(5);
});

it('suggests what the gate lets pass', async () => {
  expect((await run('suggest', '--out', 'policy.yaml')).code).toBe(0);
  const { code, out } = await run('gate', 'policy.yaml', '-o', 'json', '--fail-on', 'info');
  const { findings, calls, opened, objects } = JSON.parse(out);
  expect({ code, findings, calls, opened }).toEqual({ code: 0, findings: [], calls: [], opened: [] });
  expect(objects.added).toBeGreaterThan(10);
});
