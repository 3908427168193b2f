import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundleBaseline } from '../../../cli/gate/read-bundle-baseline.ts';
import { readBaselineFile, writeBaselineFile } from '../../../shared/adapters/baseline-file.ts';
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

  it('know the same objects, and the same powers of everybody who exists', async () => {
    const [bundle, stored] = [await ofBundle(since, at), await readBaseline(graph, 'demo', { since, at })];
    const keys = new Set(bundle.objects.map(objectKey));
    const exists = ({ subject }: Grant): boolean =>
      subject.kind !== 'ServiceAccount' || keys.has(`ServiceAccount./${subject.namespace}/${subject.name}`);
    const grants = grantsAmong(bundle.objects).filter(exists);
    const bound = new Set(grants.map(({ key }) => key));
    // The graph keeps no templates, and no bindings to those who do not exist.
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

it('a Baseline of the graph, written to a file and read back, is the same', async () => {
  const baseline = await readBaseline(graph, 'demo', { since: END - 60 * MINUTE, at: END });
  for (const name of ['baseline.json', 'baseline.json.gz']) {
    await writeBaselineFile(join(folder, name), baseline);
    expect(await readBaselineFile(join(folder, name))).toEqual(baseline);
  }
});
