import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleObservations } from '../../../cli/pipeline/bundle-observations.ts';
import { openBundle } from '../../../shared/adapters/bundle-file.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { readRecorded } from '../../read-recorded.ts';
import { recordedLister } from '../../recorded-objects.ts';
import { statusReply } from '../kubernetes/recorded-api-server.ts';
import { type CapturedMesh, END, MINUTE, startCapturedMesh } from './captured-mesh.ts';

let mesh: CapturedMesh;
beforeAll(async () => {
  mesh = await startCapturedMesh();
});
afterAll(() => mesh?.stop());
beforeEach(async () => {
  mesh.api.faults.length = 0;
  await mesh.configure();
  await rm(join(mesh.folder, 'mesh.gz'), { force: true });
});

const capture = (flags: readonly string[] = [], now = END) =>
  mesh.run(['capture', '--out', 'mesh.gz', ...flags], {}, now);

async function observe(periodMs = MINUTE): Promise<Observation[]> {
  const made: Observation[] = [];
  const reading = { periodMs, until: Number.POSITIVE_INFINITY, entityModel: entityModelSchema.parse({}) };
  for await (const one of bundleObservations(await openBundle(join(mesh.folder, 'mesh.gz')), reading)) made.push(one);
  return made;
}
const facts = (made: readonly Observation[]) => made.map(({ readAt: _, ...rest }) => rest);
const traffic = (made: readonly Observation[]) => made.filter(({ source }) => source === 'traffic');

test('a capture holds what a scan of the cluster would see', async () => {
  expect(await capture(['--since', '11m'])).toMatchObject({ code: 0, err: '' });
  const made = await observe();
  expect(traffic(made)).toHaveLength(11);
  const [objects] = made.filter(({ source }) => source === 'cluster');
  const live = await readRecorded(recordedLister('final'));
  expect(objects).toMatchObject({ at: END, coverage: live.coverage });
});

test('recorded in two goes it tells what it tells recorded at once', async () => {
  await capture(['--since', '11m', '--only', 'traffic']);
  const atOnce = traffic(await observe());
  await rm(join(mesh.folder, 'mesh.gz'));
  // The seam lies inside a window.
  const seam = END - 6.5 * MINUTE;
  await capture(['--since', '4m30s'], seam);
  const second = await capture(['--append', '-o', 'json']);
  expect(JSON.parse(second.out).header.spans).toEqual([{ from: END - 11 * MINUTE, to: END }]);
  expect(facts(traffic(await observe()))).toEqual(facts(atOnce));
});

test('windows in the middle of a recording need what was counted before it', async () => {
  await capture(['--since', '11m', '--only', 'traffic']);
  const whole = traffic(await observe());
  await rm(join(mesh.folder, 'mesh.gz'));
  await capture(['--since', '2026-11-23T17:54:00Z', '--at', '2026-11-23T17:56:00Z', '--only', 'traffic']);
  expect(facts(traffic(await observe()))).toEqual(facts(whole.slice(5, 7)));
});

test('no secret leaves the cluster, nor is one asked for', async () => {
  await capture(['--since', '1m']);
  const text = gunzipSync(await readFile(join(mesh.folder, 'mesh.gz'))).toString('utf8');
  expect(mesh.api.requests.filter((path) => path.includes('/secrets'))).toEqual([]);
  expect(text).not.toContain('managedFields');
  expect(text).not.toContain('BEGIN PRIVATE KEY');
  expect(text).not.toContain('ValidatingWebhookConfiguration');
});

test('a kind that is forbidden is told and recorded as such', async () => {
  mesh.api.faults.push(({ url }) =>
    url.pathname === '/api/v1/pods'
      ? statusReply(403, 'Forbidden', 'pods is forbidden: User "x" cannot list')
      : undefined,
  );
  const { code, err } = await capture(['--only', 'cluster']);
  expect(code).toBe(0);
  expect(err).toContain('not recorded: pods: forbidden: ');
  const [objects] = await observe();
  expect(objects?.coverage).toMatchObject({ kinds: { pods: { status: 'forbidden' } } });
});

describe('is refused, and leaves what was there as it was,', () => {
  test.each<[string, string[], object, string]>([
    [
      'without a Prometheus',
      ['--since', '1m'],
      { prometheus: 'url: "http://127.0.0.1:9"' },
      'nothing listens at http://127.0.0.1:9',
    ],
    [
      'where no proxy was scraped',
      ['--since', '2026-11-22', '--at', '2026-11-23'],
      {},
      'Prometheus has no samples of Linkerd',
    ],
    [
      'with a span that ends before it begins',
      ['--since', '2026-11-23T17:55:00Z', '--at', '2026-11-23T17:50:00Z'],
      {},
      '--since 2026-11-23T17:55:00Z is not before',
    ],
    ['with a time without its zone', ['--since', '2026-11-23T17:55'], {}, 'an instant is written like'],
    ['appended to what is not there', ['--append'], {}, 'there is no bundle'],
    [
      'with an API server that is away',
      ['--since', '1m'],
      { kubernetes: 'server: "http://127.0.0.1:9", token: {env: TOKEN}' },
      '127.0.0.1:9',
    ],
    [
      'with a token nobody set',
      ['--only', 'cluster'],
      { kubernetes: `server: "http://127.0.0.1:9", token: {env: ABSENT}` },
      'the environment variable ABSENT is not set',
    ],
    [
      'for a cluster that is not configured',
      ['--cluster', 'prod'],
      {},
      'no cluster "prod" in the configuration: it has demo',
    ],
  ])('%s', async (_, flags, changes, sentence) => {
    await mesh.configure(changes);
    const { code, out, err } = await capture(flags);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    await expect(readFile(join(mesh.folder, 'mesh.gz'))).rejects.toThrow('ENOENT');
  });

  test('appended to another cluster, to what it holds already, or to a damaged bundle', async () => {
    await capture(['--since', '2m', '--only', 'traffic']);
    const before = await readFile(join(mesh.folder, 'mesh.gz'));
    expect((await capture(['--append'])).err).toContain('has the traffic up to 2026-11-23T18:00:00Z already');
    await mesh.configure({ name: 'other' });
    expect((await capture(['--append'], END + MINUTE)).err).toContain(
      'holds cluster "demo": "other" cannot be appended',
    );
    expect((await readFile(join(mesh.folder, 'mesh.gz'))).equals(before)).toBe(true);

    await mesh.configure();
    const cut = before.subarray(0, before.length - 100);
    await writeFile(join(mesh.folder, 'mesh.gz'), cut);
    expect((await capture(['--append'], END + MINUTE)).err).toMatch(/mesh\.gz is cut off/);
    expect((await readFile(join(mesh.folder, 'mesh.gz'))).equals(cut)).toBe(true);
  });
});
