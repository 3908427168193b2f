import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { resultStore } from '../../../shared/adapters/aws-results.ts';
import { verifySignature } from '../../signature-v4.ts';
import { listen } from '../api/deployed-api.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const identity = {
  region: async () => 'eu-west-1',
  credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'a/session+token==' }),
};

/** S3 as far as one object is put and fetched: judges signatures, keeps what is put, or answers what it is told. */
const objects = new Map<string, { type: string | undefined; body: string }>();
let refusal: { status: number; body: string } | undefined;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method = '', url: target = '', headers } = request;
    const { pathname, searchParams } = new URL(target, 'http://any');
    const isPresigned = searchParams.has('X-Amz-Signature');
    const sent = { method, url: target, headers, body, ...(isPresigned && { payload: 'UNSIGNED-PAYLOAD' }) };
    const { valid, service, region } = verifySignature(sent, () => SECRET);
    const token = isPresigned ? searchParams.get('X-Amz-Security-Token') : headers['x-amz-security-token'];
    const isOurs = valid && service === 's3' && region === 'eu-west-1' && token === 'a/session+token==';
    if (refusal !== undefined || !isOurs) {
      response.writeHead(refusal?.status ?? 403).end(refusal?.body ?? xml('SignatureDoesNotMatch'));
    } else if (method === 'PUT') {
      objects.set(pathname, { type: headers['content-type'], body });
      response.end();
    } else response.end(objects.get(pathname)?.body);
  });
  ({ url, stop } = await listen(server));
});
afterEach(() => {
  refusal = undefined;
  vi.unstubAllGlobals();
});
afterAll(() => stop());

const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>says S3</Message></Error>`;
const now = Date.now();
const store = () =>
  resultStore({ bucket: 'observations', prefix: 'results/', endpoint: url }, { now: () => now, identity });

test('an answer is put below the prefix, and anybody who has its address can fetch it for 15 minutes', async () => {
  const kept = await store().keep('abc.json', '{"ü":1}\n');
  expect(objects.get('/observations/results/abc.json')).toEqual({
    type: 'application/json; charset=utf-8',
    body: '{"ü":1}\n',
  });
  expect(kept.expiresAt).toBe(now + 900_000);
  expect(new URL(kept.url).searchParams.get('X-Amz-Expires')).toBe('900');
  expect(await (await fetch(kept.url)).text()).toBe('{"ü":1}\n');
  expect((await fetch(kept.url.replace('abc', 'abd'))).status).toBe(403);
});

test("without an endpoint it is AWS's own, of the bucket and the region", async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (target: URL) => {
    asked.push(target.href);
    return new Response();
  });
  const kept = await resultStore({ bucket: 'observations', prefix: 'results/' }, { now: () => now, identity }).keep(
    'a.json',
    '1',
  );
  expect(asked).toEqual(['https://observations.s3.eu-west-1.amazonaws.com/results/a.json']);
  expect(kept.url).toMatch(
    /^https:\/\/observations\.s3\.eu-west-1\.amazonaws\.com\/results\/a\.json\?X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&X-Amz-/,
  );
});

test.each([
  [503, 'SlowDown', 503, 'try again later'],
  [500, 'InternalError', 503, 'try again later'],
  [403, 'AccessDenied', 403, 's3:PutObject there, and the use of its KMS key'],
  [404, 'NoSuchBucket', 404, 'check name and region'],
  [400, 'ExpiredToken', 403, 'the AWS credentials have expired'],
  [301, 'PermanentRedirect', 400, 'another region'],
])('%i %s of S3 is told in words', async (answered, code, status, words) => {
  refusal = { status: answered, body: xml(code) };
  await expect(store().keep('abc.json', '{}')).rejects.toMatchObject({
    status,
    message: expect.stringMatching(
      new RegExp(`^keeping a long answer as .*/results/abc\\.json failed \\(${code}: says S3\\): .*${words}`),
    ),
  });
});

test('an S3 that is not there is told in words', async () => {
  const gone = { bucket: 'observations', prefix: 'results/', endpoint: 'http://127.0.0.1:9' };
  await expect(resultStore(gone, { now: () => now, identity }).keep('a.json', '1')).rejects.toMatchObject({
    status: 503,
    message: expect.stringContaining('127.0.0.1:9 does not answer'),
  });
});
