import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleBaseline } from '../../../cli/gate/read-bundle-baseline.ts';
import { readBaselineFile } from '../../../shared/adapters/baseline-file.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import type { Baseline } from '../../../shared/gate/baseline.ts';
import { type Grant, grantsAmong } from '../../../shared/gate/grants.ts';
import { objectKey } from '../../../shared/gate/object-key.ts';
import { readBaseline } from '../../../shared/graph/baseline/read-baseline.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';

const BUNDLE = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');
const MINUTE = 60_000;
const END = Date.parse('2026-11-23T18:00:00Z');

let graph: Graph;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  const { uri, username, password } = await freshGraph();
  graph = openGraph({ uri, username, password });
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-baseline-'));
  env = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
  await runCommand(['scan', '--bundle', BUNDLE, '--log', folder, '--period', '1m'], { cwd: folder, env });
});
afterAll(async () => {
  await graph?.close();
  await rm(folder, { recursive: true, force: true });
});

const ofBundle = (since: number, at: number): Promise<Baseline> =>
  readBundleBaseline({
    path: BUNDLE,
    shown: 'the bundle',
    until: at,
    period: () => ({ since, at }),
    periodMs: MINUTE,
    entityModel: entityModelSchema.parse({}),
  });

describe.each([
  ['the whole recording', END - 14 * 24 * 60 * MINUTE, END],
  [
    'its first minutes, before the change of policy',
    Date.parse('2026-11-23T17:49:00Z'),
    Date.parse('2026-11-23T17:55:00Z'),
  ],
  ['its last minutes', Date.parse('2026-11-23T17:57:00Z'), END],
  [
    'minutes that no window begins or ends with',
    Date.parse('2026-11-23T17:52:30Z'),
    Date.parse('2026-11-23T17:57:40Z'),
  ],
])('the graph and the bundle it was scanned from, of %s', (_, since, at) => {
  it('tell the same calls, the same coverage and the same workloads', async () => {
    const [bundle, stored] = [await ofBundle(since, at), await readBaseline(graph, 'demo', { since, at })];
    expect(stored.traffic.edges.length).toBeGreaterThan(30);
    expect(bundle.traffic).toEqual(stored.traffic);
    expect(bundle.at).toBe(stored.at);
    expect([bundle.settings, bundle.unread, stored.unread]).toEqual([stored.settings, [], []]);
    const names = ({ workloads }: Baseline) =>
      workloads.map((one) => `${one.namespace}/${one.kind}/${one.name}`).sort();
    expect(names(bundle)).toEqual(names(stored));
  });

  it('know the same objects, and the same powers of everybody, be they there or not', async () => {
    const [bundle, stored] = [await ofBundle(since, at), await readBaseline(graph, 'demo', { since, at })];
    const keys = new Set(bundle.objects.map(objectKey));
    const grants = grantsAmong(bundle.objects);
    const bound = new Set(grants.map(({ key }) => key));
    // The graph keeps no templates, and no bindings without subjects.
    const isKept = (key: string): boolean =>
      /^\w+Binding\./.test(key)
        ? bound.has(key)
        : !/^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob)\./.test(key);
    expect(stored.objects.map(objectKey).sort()).toEqual([...keys].filter(isKept).sort());
    const given = (all: readonly Grant[]) => all.map(({ field: _, ...grant }) => JSON.stringify(grant)).sort();
    expect(grants.length).toBeGreaterThan(50);
    expect(given(grantsAmong(stored.objects))).toEqual(given(grants));
  });
});

describe('meshgraph export --baseline', () => {
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runCommand(['export', ...args], { cwd: folder, env: { ...env, ...more }, now: () => END });

  it('writes what the graph tells, of the last 14 days by default, and says what it holds', async () => {
    const { code, err, out } = await run(['--baseline', 'mesh.json.gz']);
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain(`written to ${join(folder, 'mesh.json.gz')}: demo, `);
    expect(err).toContain('traffic is known for 11m of the 14d asked about');
    const period = { since: END - 14 * 24 * 60 * MINUTE, at: END };
    expect(await readBaselineFile(join(folder, 'mesh.json.gz'))).toEqual(await readBaseline(graph, 'demo', period));
  });

  it('writes that of another instant and period, uncompressed where the name says so', async () => {
    const at = Date.parse('2026-11-23T17:55:00Z');
    await run(['--baseline', 'mesh.json', '--at', '2026-11-23T17:55:00Z', '--since', '3m', '--cluster', 'demo']);
    const period = { since: at - 3 * MINUTE, at };
    expect(await readBaselineFile(join(folder, 'mesh.json'))).toEqual(await readBaseline(graph, 'demo', period));
    expect((await readFile(join(folder, 'mesh.json'), 'utf8')).startsWith('{"schema":"meshgraph.baseline/v1"')).toBe(
      true,
    );
  });

  it('refuses what it cannot do: an API, an unknown cluster, a picture, a folder that is not there', async () => {
    const refused = async (args: readonly string[], message: string, more = {}) => {
      const { code, err } = await run(['--baseline', ...args], more);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    };
    await refused(['b.json'], '--baseline reads the graph itself', { MESHGRAPH_API: 'https://api.example' });
    await refused(['b.json', '--cluster', 'prod'], 'prod');
    await refused(['b.json', '-o', 'svg'], "cannot be used with option '-o, --output <format>'");
    await refused(['none/b.json'], 'cannot be written (ENOENT)');
    await refused(
      ['b.json', '--at', '2026-11-23T17:00:00Z'],
      'the graph knows nothing of demo as of 2026-11-23T17:00:00Z',
    );
  });
});
