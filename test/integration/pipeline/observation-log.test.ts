import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ObservationLog, observationLog } from '../../../shared/adapters/observation-log.ts';
import type { ClusterObservation, Observation, TrafficObservation } from '../../../shared/domain/observation.ts';

let folder: string;
let log: ObservationLog;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-log-'));
  log = observationLog(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const traffic = (from: number, readAt = from + 90_000, cluster = 'prod'): TrafficObservation => ({
  schema: 'meshgraph.observation/v1',
  id: `${cluster}/traffic/${from}-${from + 60_000}`,
  cluster,
  at: from + 60_000,
  readAt,
  source: 'traffic',
  window: { from, to: from + 60_000 },
  calls: [],
  arrivals: [],
  coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
});

const objects = (at: number, notes: string[] = []): ClusterObservation => ({
  schema: 'meshgraph.observation/v1',
  id: `prod/cluster/${at}`,
  cluster: 'prod',
  at,
  readAt: at,
  source: 'cluster',
  entities: [],
  relations: [],
  coverage: { kinds: {}, families: [], notes },
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
const pendingIds = async (cluster = 'prod'): Promise<string[]> =>
  (await all(log.pending(cluster))).map(({ observation }) => observation.id);
const filesOf = async (path: string): Promise<string[]> => (await readdir(join(folder, path))).sort();

test('observations come back in order of time, of an instant the objects first, whatever order they came in', async () => {
  const made: Observation[] = [traffic(120_000), objects(120_000), traffic(0), traffic(60_000)];
  for (const one of made) await log.keep(one);
  expect(await all(log.read('prod'))).toEqual([made[2], made[1], made[3], made[0]]);
});

test('clusters are kept apart, and read together when none is named', async () => {
  await log.keep(traffic(0));
  await log.keep(traffic(60_000, 0, 'staging'));
  expect((await all(log.read())).map(({ cluster }) => cluster)).toEqual(['prod', 'staging']);
  expect(await all(log.read('staging'))).toHaveLength(1);
  expect(await all(log.read('absent'))).toEqual([]);
});

test('what was kept is pending until it is delivered', async () => {
  const first = await log.keep(traffic(0));
  await log.keep(traffic(60_000));
  await first.delivered();
  expect(await pendingIds()).toEqual(['prod/traffic/60000-120000']);
  for (const { delivered } of await all(log.pending('prod'))) await delivered();
  expect(await pendingIds()).toEqual([]);
  expect(await all(log.read('prod'))).toHaveLength(2);
});

test('the same reading kept twice is one file; what was kept first stands', async () => {
  await log.keep(objects(5));
  const again = await log.keep(objects(5, ['other words']));
  expect(again.observation).toEqual(objects(5));
  expect((await filesOf('prod/cluster')).filter((name) => name.endsWith('.json.gz'))).toHaveLength(1);
});

test('two readings of one window are both kept', async () => {
  await log.keep(traffic(0, 90_000));
  await log.keep(traffic(0, 100_000));
  expect((await all(log.read('prod'))).map(({ readAt }) => readAt).sort()).toEqual([100_000, 90_000]);
});

test('windows are told from an instant on, with the oldest and the newest however old they are', async () => {
  for (const from of [0, 60_000, 120_000]) await log.keep(traffic(from));
  expect(await log.windows('prod', 120_000)).toEqual([traffic(0).window, traffic(120_000).window]);
  expect(await log.windows('prod', 10_000_000)).toEqual([traffic(0).window, traffic(120_000).window]);
  expect(await log.windows('prod', 0)).toHaveLength(3);
});

test('the newest reading of the objects is found', async () => {
  expect(await log.newestCluster('prod')).toBeUndefined();
  await log.keep(objects(1_000_000));
  await log.keep(objects(9_000));
  expect((await log.newestCluster('prod'))?.at).toBe(1_000_000);
});

test('nothing is left half-written: a draft that a crash left is no observation', async () => {
  await log.keep(traffic(0));
  await writeFile(join(folder, 'prod/traffic/0000000060000-0123456789abcdef.json.gz.77.part'), 'half');
  expect(await all(log.read('prod'))).toHaveLength(1);
});

test('a damaged observation is told by its file', async () => {
  await log.keep(traffic(0));
  const [file = ''] = (await filesOf('prod/traffic')).filter((name) => name.endsWith('.json.gz'));
  await writeFile(join(folder, 'prod/traffic', file), 'not gzip');
  await expect(all(log.read('prod'))).rejects.toThrow(`${file} is no whole observation: move it out of the log`);
});

test('a folder that cannot be written is told', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(observationLog(join(folder, 'file')).keep(traffic(0))).rejects.toThrow(
    /the observation log .*\/file cannot be (read|written)/,
  );
});
