import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { asked } from '../../../functions/plan-scans/asked.ts';
import { scanNotes } from '../../../shared/adapters/scan-notes.ts';
import { ForbiddenError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';

const s3 = mockClient(S3Client);
const notes = scanNotes('bucket', asked, new S3Client({ region: 'eu-central-1' }));
beforeEach(() => s3.reset());

const holds = (text: string) => s3.on(GetObjectCommand).resolves({ Body: sdkStreamMixin(Readable.from([text])) });
const failing = (name: string, httpStatusCode?: number) =>
  s3.on(GetObjectCommand).rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } }));

test('a note comes back as it was written, one a cluster', async () => {
  s3.on(PutObjectCommand).resolves({});
  const note = { cluster: 1, windows: { '0-1': 2 } };
  await notes.write('prod', note);
  const { input } = s3.commandCalls(PutObjectCommand)[0]!.args[0];
  expect(input.Key).toBe('notes/prod.json');
  holds(String(input.Body));
  expect(await notes.read('prod')).toEqual(note);
});

test('no note, and one that cannot be understood, are the same', async () => {
  failing('NoSuchKey', 404);
  expect(await notes.read('prod')).toBeUndefined();
  holds('{"windows": 3}');
  expect(await notes.read('prod')).toBeUndefined();
  holds('{');
  expect(await notes.read('prod')).toBeUndefined();
});

test('no bucket, no right and no answer are not the same as no note', async () => {
  failing('NoSuchBucket', 404);
  await expect(notes.read('prod')).rejects.toThrow(NotFoundError);
  failing('AccessDenied', 403);
  await expect(notes.read('prod')).rejects.toThrow(ForbiddenError);
  failing('SlowDown', 503);
  await expect(notes.read('prod')).rejects.toThrow(UnavailableError);
  s3.on(PutObjectCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  await expect(notes.write('prod', { windows: {} })).rejects.toThrow(/needs s3:PutObject/);
});
