import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readBundleState } from '../../../../cli/explain/read-bundle-state.ts';
import { type BaselineAsked, openBaseline } from '../../../../cli/gate/open-baseline.ts';
import { readBaselineFile, writeBaselineFile } from '../../../../shared/adapters/baseline-file.ts';
import { parseConfiguration } from '../../../../shared/domain/configuration/parse.ts';
import type { Baseline } from '../../../../shared/gate/baseline.ts';
import { recordingIo } from '../recording-io.ts';

const BUNDLE = join(import.meta.dirname, '../../../../demo/recorded-mesh.bundle.gz');
const configuration = parseConfiguration('', 'meshgraph.yaml', []);
/** The recording ends then. */
const END = Date.parse('2026-11-23T18:00:00Z');
const HOUR = 3_600_000;

let folder: string;
let recorded: Baseline;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-baseline-'));
  recorded = (await open(BUNDLE)).baseline;
  for (const name of ['mesh.json', 'mesh.json.gz', 'mesh.bundle.gz'])
    await writeBaselineFile(join(folder, name), recorded);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (against: string, more: Partial<BaselineAsked> = {}, now = END) =>
  openBaseline(recordingIo({ cwd: folder, now: () => now }), { against, configuration, ...more });

describe('what a change is judged against', () => {
  it('is told by what a file holds, whatever its name', async () => {
    expect(recorded.cluster).toBe('demo');
    for (const name of ['mesh.json', 'mesh.json.gz', 'mesh.bundle.gz'])
      expect((await open(name)).baseline).toEqual(recorded);
  });

  it('has the calls of 14 days, as the configuration has it, or since then', async () => {
    expect(recorded.traffic).toMatchObject({ since: END - 14 * 24 * HOUR, at: END });
    const { baseline } = await open(BUNDLE, { since: '5m' });
    expect(baseline.traffic).toMatchObject({ since: END - HOUR / 12, coveredMs: HOUR / 12, at: END });
    expect(baseline.notes).toEqual([]);
    expect(recorded.notes).toEqual(['traffic is known for 10m of the 14d asked about']);
  });

  it('cannot be judged on when it is older than the configuration allows, file or bundle', async () => {
    const late = END + 24 * HOUR + 60_000;
    const tooOld = [
      expect.stringContaining('the newest scan of demo is of 2026-11-23T17:59:35.160Z'),
      expect.stringContaining('the newest traffic window of demo is of 2026-11-23T18:00:00Z'),
    ];
    expect((await open(BUNDLE, {}, late)).unjudged).toEqual(tooOld);
    expect((await open('mesh.json', {}, late)).unjudged).toEqual(tooOld);
    expect((await open('mesh.json', { allowStale: true }, late)).unjudged).toEqual([]);
    expect((await open('mesh.json', {}, END + 23 * HOUR)).unjudged).toEqual([]);
  });

  it('is as old as at the instant asked for, however long ago that is', async () => {
    const { baseline, unjudged } = await open(BUNDLE, { at: '2026-11-23T17:55:00Z' }, END + 400 * 24 * HOUR);
    expect([baseline.at, unjudged]).toEqual([Date.parse('2026-11-23T17:53:20.257Z'), []]);
  });

  it('cannot be judged on when no traffic was read', async () => {
    await writeBaselineFile(join(folder, 'quiet.json'), {
      ...recorded,
      traffic: { ...recorded.traffic, coveredMs: 0, newest: null, edges: [] },
    });
    expect((await open('quiet.json')).unjudged).toEqual([expect.stringContaining('no traffic window of demo covers')]);
  });
});

describe('what cannot be judged against', () => {
  const refused = async (against: string, message: string, more: Partial<BaselineAsked> = {}) =>
    expect(open(against, more)).rejects.toThrow(message);

  it('is another cluster than the one asked for', async () => {
    await refused('mesh.json', 'mesh.json is of cluster demo, not prod', { cluster: 'prod' });
    await refused(BUNDLE, 'is of cluster demo, not prod', { cluster: 'prod' });
  });

  it('is a file that is not there, a directory, or a gzip that is cut off or damaged', async () => {
    await refused('none.json', 'there is no file none.json');
    await refused('.', '. cannot be read (EISDIR)');
    const zipped = await readFile(join(folder, 'mesh.json.gz'));
    await writeFile(join(folder, 'cut.json.gz'), zipped.subarray(0, zipped.length / 2));
    await refused('cut.json.gz', 'cut.json.gz is cut off: its gzip ends in the middle');
    await writeFile(join(folder, 'bad.json.gz'), Buffer.from(zipped).fill(0xff, 5000, 6000));
    await refused('bad.json.gz', 'bad.json.gz is damaged');
    await writeFile(join(folder, 'empty.json'), '');
    await refused('empty.json', 'empty.json is empty');
  });

  it('is a baseline at another instant or for another period than it was made for', async () => {
    await refused('mesh.json', 'give --at to `meshgraph export --baseline`', { at: '-1h' });
    await refused('mesh.json', 'give --since to `meshgraph export --baseline`', { since: '1h' });
  });
});

test('a bundle where a baseline is wanted, and the reverse, are told apart in words', async () => {
  await expect(readBaselineFile(BUNDLE, 'b')).rejects.toThrow('b is a bundle of `meshgraph capture`, not a baseline');
  await expect(readBundleState(join(folder, 'mesh.json.gz'), 'b')).rejects.toThrow(
    'b is not a meshgraph bundle: it is a baseline of `meshgraph export --baseline`',
  );
});

test('a file is put in place whole: what was there stays when the new one cannot be written', async () => {
  const path = join(folder, 'kept.json');
  await writeBaselineFile(path, recorded);
  await writeBaselineFile(path, { ...recorded, cluster: 'other' });
  expect((await readBaselineFile(path)).cluster).toBe('other');
  await expect(writeBaselineFile(join(folder, 'none/b.json'), recorded)).rejects.toThrow('cannot be written (ENOENT)');
  const unzipped = gunzipSync(await readFile(join(folder, 'mesh.json.gz'))).toString();
  expect(JSON.parse(unzipped)).toEqual(JSON.parse(await readFile(join(folder, 'mesh.json'), 'utf8')));
  expect(gzipSync(unzipped).length).toBeLessThan(unzipped.length / 5);
});
