import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { observationStore } from '../../../shared/adapters/observation-store.ts';
import { ContractError, ForbiddenError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';
import { observationKey } from '../../../shared/domain/observation-key.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');
const s3 = mockClient(S3Client);
const store = observationStore('bucket', new S3Client({ region: 'eu-central-1' }));
beforeEach(() => s3.reset());

const traffic = (from: number, readAt = from + 2 * MINUTE): TrafficObservation => ({
  schema: 'meshgraph.observation/v1',
  id: `prod/traffic/${from}-${from + MINUTE}`,
  cluster: 'prod',
  at: from + MINUTE,
  readAt,
  source: 'traffic',
  window: { from, to: from + MINUTE },
  calls: [],
  arrivals: [],
  coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
});
const failure = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } });
const body = (content: Buffer) => ({ Body: sdkStreamMixin(Readable.from([content])) });
const keys = (...Keys: string[]) => ({ Contents: Keys.map((Key) => ({ Key })) });

describe('keeping', () => {
  test('one reading has one key, and nobody replaces what is there', async () => {
    s3.on(PutObjectCommand).resolves({});
    const key = await store.keep(traffic(NOON));
    const { input } = s3.commandCalls(PutObjectCommand)[0]!.args[0];
    expect(key).toBe(await observationKey(traffic(NOON)));
    expect(input).toMatchObject({ Bucket: 'bucket', Key: key, IfNoneMatch: '*', ContentEncoding: 'gzip' });
    expect(JSON.parse(gunzipSync(input.Body as Buffer).toString())).toEqual(traffic(NOON));
  });

  test('kept before is kept', async () => {
    s3.on(PutObjectCommand).rejects(failure('PreconditionFailed', 412));
    expect(await store.keep(traffic(NOON))).toBe(await observationKey(traffic(NOON)));
  });

  test.each([
    ['SlowDown', 503, UnavailableError, /try again later/],
    ['ConditionalRequestConflict', 409, UnavailableError, /try again later/],
    ['AccessDenied', 403, ForbiddenError, /needs s3:PutObject/],
    ['NoSuchBucket', 404, NotFoundError, /no such bucket: deploy again/],
    ['ExpiredToken', 400, ForbiddenError, /credentials have expired/],
    ['TimeoutError', undefined, UnavailableError, /no answer/],
  ])('%s is told as what it is', async (name, status, kind, words) => {
    s3.on(PutObjectCommand).rejects(failure(name, status));
    await expect(store.keep(traffic(NOON))).rejects.toThrow(kind);
    await expect(store.keep(traffic(NOON))).rejects.toThrow(words);
  });
});

describe('reading', () => {
  test('what was kept comes back', async () => {
    s3.on(GetObjectCommand).resolves(body(gzipSync(JSON.stringify(traffic(NOON)))));
    expect(await store.read('k')).toEqual(traffic(NOON));
  });

  test.each([
    ['half an object', gzipSync(JSON.stringify(traffic(NOON))).subarray(0, 40)],
    ['nothing', Buffer.alloc(0)],
    ['another document', gzipSync('{"schema":"meshgraph.observation/v0"}')],
  ])('%s is no observation, and says what to do', async (_, content) => {
    s3.on(GetObjectCommand).resolves(body(content));
    await expect(store.read('k')).rejects.toThrow(ContractError);
    s3.on(GetObjectCommand).resolves(body(content));
    await expect(store.read('k')).rejects.toThrow('put back an earlier version of the object');
  });

  test.each([
    ['NoSuchKey', 404, NotFoundError, /it was deleted, or its lifetime in the bucket is over/],
    ['AccessDenied', 403, ForbiddenError, /needs s3:GetObject/],
    ['SlowDown', 503, UnavailableError, /try again later/],
    ['ExpiredToken', 400, ForbiddenError, /credentials have expired/],
  ])('%s is told as what it is', async (name, status, kind, words) => {
    s3.on(GetObjectCommand).rejects(failure(name, status));
    await expect(store.read('k')).rejects.toThrow(kind);
    await expect(store.read('k')).rejects.toThrow(words);
  });

  test('a reading of another source is no reading of the cluster', async () => {
    s3.on(GetObjectCommand).resolves(body(gzipSync(JSON.stringify(traffic(NOON)))));
    await expect(store.clusterAt('k')).rejects.toThrow(/should hold a reading of the cluster, not of its traffic/);
  });
});

describe('what is covered, from the keys alone', () => {
  const keyOf = (minute: number) => observationKey(traffic(NOON + minute * MINUTE));
  const windows = (found: { from: number }[]) => found.map(({ from }) => (from - NOON) / MINUTE).sort((a, b) => a - b);

  test('windows that end after an instant, the oldest of all, and those no source tells of', async () => {
    s3.on(ListObjectsV2Command, { Prefix: 'observations/prod/traffic/', MaxKeys: 1 }).resolves(keys(await keyOf(-60)));
    s3.on(ListObjectsV2Command, {
      Prefix: 'observations/prod/traffic/',
      StartAfter: `observations/prod/traffic/${NOON - 10 * MINUTE + 1}`,
    }).resolves(keys(await keyOf(-5), await keyOf(-2)));
    s3.on(ListObjectsV2Command, {
      Prefix: 'untold/prod/',
      StartAfter: `untold/prod/${NOON - 10 * MINUTE + 1}`,
    }).resolves(keys(`untold/prod/${NOON + MINUTE}-${NOON}`));
    expect(windows(await store.windows('prod', NOON - 10 * MINUTE))).toEqual([-60, -5, -2, 0]);
    expect(s3.commandCalls(GetObjectCommand)).toEqual([]);
  });

  test('StartAfter leaves out the window that ends at the instant and no other', async () => {
    const after = `observations/prod/traffic/${NOON + MINUTE + 1}`;
    expect((await keyOf(0)) < after).toBe(true);
    const next = await observationKey({ ...traffic(NOON), at: NOON + MINUTE + 1 });
    expect(next > after).toBe(true);
  });

  test('lists go on page after page', async () => {
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ ...keys('observations/prod/cluster/1'), NextContinuationToken: 't' })
      .resolvesOnce(keys('observations/prod/cluster/2'));
    expect(await store.keysSince('prod', 'cluster', 0)).toHaveLength(2);
    expect(s3.commandCalls(ListObjectsV2Command)[1]?.args[0].input.ContinuationToken).toBe('t');
  });

  test('a window is found by its key, and only that one', async () => {
    s3.on(ListObjectsV2Command).resolves({});
    const asked = traffic(NOON).window;
    expect(await store.keyOfWindow('prod', asked)).toBeUndefined();
    const { Prefix = '' } = s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input ?? {};
    expect((await keyOf(0)).startsWith(Prefix)).toBe(true);
    expect((await keyOf(1)).startsWith(Prefix)).toBe(false);
  });

  test('to be written in order of time, of one instant the objects first', async () => {
    const at = NOON + MINUTE;
    s3.on(ListObjectsV2Command).resolves({});
    s3.on(ListObjectsV2Command, { Prefix: 'observations/prod/traffic/' }).resolves(
      keys(await keyOf(0), await keyOf(1)),
    );
    s3.on(ListObjectsV2Command, { Prefix: 'observations/prod/cluster/' }).resolves(
      keys(`observations/prod/cluster/${at}-0123456789abcdef.json.gz`),
    );
    expect((await store.keysInOrder('prod')).map((key) => key.split('/')[2])).toEqual([
      'cluster',
      'traffic',
      'traffic',
    ]);
  });

  test.each([
    ['AccessDenied', 403, ForbiddenError, /needs s3:ListBucket/],
    ['NoSuchBucket', 404, NotFoundError, /no such bucket/],
    ['PermanentRedirect', 301, Error, /another region/],
    ['SlowDown', 503, UnavailableError, /try again/],
  ])('%s is told as what it is', async (name, status, kind, words) => {
    s3.on(ListObjectsV2Command).rejects(failure(name, status));
    await expect(store.windows('prod', 0)).rejects.toThrow(kind);
    await expect(store.windows('prod', 0)).rejects.toThrow(words);
  });
});
