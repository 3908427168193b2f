import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { resultStore } from '../../../shared/adapters/result-store.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const client = new S3Client({ region: 'eu-west-1', credentials });
const s3 = mockClient(client);
beforeEach(() => s3.reset());

const store = resultStore({ bucket: 'observations', prefix: 'results/' }, { now: () => NOW, client });

test('an answer is put below the prefix, and anybody who has its address can fetch it for 15 minutes', async () => {
  s3.on(PutObjectCommand).resolves({});
  const { url, expiresAt } = await store.keep('abc.json', '{}\n');
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
    Bucket: 'observations',
    Key: 'results/abc.json',
    Body: '{}\n',
    ContentType: 'application/json; charset=utf-8',
  });
  expect(expiresAt).toBe(NOW + 900_000);
  const { host, pathname, searchParams } = new URL(url);
  expect(host + pathname).toBe('observations.s3.eu-west-1.amazonaws.com/results/abc.json');
  expect(Object.fromEntries(searchParams)).toMatchObject({
    'X-Amz-Expires': '900',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

const refused = (name: string, status: number) =>
  new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode: status }, message: name });

test.each([
  [refused('SlowDown', 503), 503, 'try again later'],
  [refused('AccessDenied', 403), 403, 's3:PutObject there, and the use of its KMS key'],
  [refused('NoSuchBucket', 404), 404, 'check name and region'],
  [refused('ExpiredToken', 400), 403, 'the AWS credentials have expired'],
])('%s of S3 is told in words', async (error, status, words) => {
  s3.on(PutObjectCommand).rejects(error);
  await expect(store.keep('abc.json', '{}')).rejects.toMatchObject({
    status,
    message: expect.stringMatching(
      new RegExp(`^keeping a long answer as s3://observations/results/abc.json failed .*${words}`),
    ),
    cause: error,
  });
});
