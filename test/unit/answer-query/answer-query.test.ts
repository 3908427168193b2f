import { describe, expect, test } from 'vitest';
import { type AnswerQueryDeps, answerQuery } from '../../../functions/answer-query/answer-query.ts';
import type { ApiRequest } from '../../../shared/domain/api/http.ts';
import type { Input, Reader } from '../../../shared/domain/api/operations.ts';

const coverage = (covered: number) => ({ coverage: [{ cluster: 'prod', coveredMs: covered }], freshness: [] });

/** A reader that answers what it is told, and remembers what it was asked. */
function world(answer: object = coverage(1)) {
  const asked: { caller: string | undefined; input: unknown }[] = [];
  const kept: { name: string; text: string }[] = [];
  const deps: AnswerQueryDeps = {
    readerFor: (caller) => {
      const read = async (input: Input<'readCoverage'>) => {
        asked.push({ caller, input });
        return answer;
      };
      return { readCoverage: read, acceptFinding: read } as unknown as Reader;
    },
    keepAnswer: async (name, text) => {
      kept.push({ name, text });
      return { url: `https://bucket/${name}?signed`, expiresAt: 900_000 };
    },
  };
  return { deps, asked, kept };
}

const request = (more: Partial<ApiRequest> = {}): ApiRequest => ({
  method: 'GET',
  path: '/v1/coverage',
  query: '',
  headers: {},
  body: undefined,
  caller: 'arn:aws:iam::123456789012:user/ops',
  ...more,
});

test('the reader is asked as the caller, with the input of the query decoded', async () => {
  const { deps, asked } = world();
  await answerQuery(deps, request({ query: 'cluster=pr%20od&since=-2h' }));
  expect(asked).toEqual([{ caller: 'arn:aws:iam::123456789012:user/ops', input: { cluster: 'pr od', since: '-2h' } }]);
});

test.each(['/v1/coverage', '/v1/coverage/', '/prod/v1/coverage', '/mesh/graph/v1/coverage'])(
  '%s is the same operation: a stage or a mapping may come before',
  async (path) => {
    const { deps, asked } = world();
    expect((await answerQuery(deps, request({ path }))).status).toBe(200);
    expect(asked).toHaveLength(1);
  },
);

describe('an answer', () => {
  test('carries a strong ETag over its content, and may be kept only by who asked', async () => {
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map((covered) => answerQuery(world(coverage(covered)).deps, request())),
    );
    expect(one!.headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(same!.headers.etag).toBe(one!.headers.etag);
    expect(other!.headers.etag).not.toBe(one!.headers.etag);
    expect(one!.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  test.each([(etag: string) => etag, (etag: string) => `W/${etag}`, (etag: string) => `"old", ${etag}`, () => '*'])(
    'that the caller has already is 304 without a body (%#)',
    async (condition) => {
      const { deps } = world();
      const { etag = '' } = (await answerQuery(deps, request())).headers;
      const again = await answerQuery(deps, request({ headers: { 'if-none-match': condition(etag) } }));
      expect(again).toEqual({ status: 304, headers: { etag, 'cache-control': 'private, no-cache' }, body: '' });
    },
  );

  test('that is another by now is answered whole', async () => {
    const { etag = '' } = (await answerQuery(world(coverage(1)).deps, request())).headers;
    const again = await answerQuery(world(coverage(2)).deps, request({ headers: { 'if-none-match': etag } }));
    expect(again.status).toBe(200);
  });

  test('to HEAD is that of GET without its body', async () => {
    const { deps } = world();
    const [get, head] = [await answerQuery(deps, request()), await answerQuery(deps, request({ method: 'HEAD' }))];
    expect(head).toEqual({ ...get, body: '' });
  });

  test('to a POST is never 304: it did something', async () => {
    const { deps } = world();
    const post = { method: 'POST', path: '/v1/findings/ab/accept', headers: { 'content-type': 'application/json' } };
    const body = JSON.stringify({ reason: 'known', until: '2027-01-01' });
    const { etag = '' } = (await answerQuery(deps, request({ ...post, body }))).headers;
    const headers = { ...post.headers, 'if-none-match': etag };
    expect((await answerQuery(deps, request({ ...post, headers, body }))).status).toBe(200);
  });

  test('over 6 MB, as a function carries it, is kept elsewhere under its digest, and 303 says where and until when', async () => {
    const { deps, kept } = world({ text: 'ü'.repeat(3_100_000) });
    const { status, headers, body } = await answerQuery(deps, request());
    const name = `${headers.etag?.replaceAll('"', '')}.json`;
    expect({ status, location: headers.location }).toEqual({ status: 303, location: `https://bucket/${name}?signed` });
    expect(JSON.parse(body)).toEqual({ url: `https://bucket/${name}?signed`, expiresAt: 900_000, bytes: 6_200_012 });
    expect(kept).toEqual([{ name, text: `{"text":"${'ü'.repeat(3_100_000)}"}\n` }]);
    const short = world({ text: 'ü'.repeat(2_900_000) });
    expect((await answerQuery(short.deps, request())).status).toBe(200);
    const quotes = world({ text: '"'.repeat(1_600_000) });
    expect((await answerQuery(quotes.deps, request())).status).toBe(303);
    expect(await answerQuery(deps, request({ method: 'HEAD' }))).toMatchObject({ status: 303, body: '' });
  });
});

describe('what is accepted', () => {
  test.each([
    undefined,
    '*/*',
    'application/*',
    'text/html, application/json;q=0.5',
    'APPLICATION/JSON; charset=utf-8',
  ])('JSON is, by %s', async (accept) => {
    expect((await answerQuery(world().deps, request({ headers: { accept } }))).status).toBe(200);
  });

  test.each(['text/html', 'application/json;q=0', 'application/json; q=0.0, text/csv', ''])(
    'nothing is, by "%s"',
    async (accept) => {
      await expect(answerQuery(world().deps, request({ headers: { accept } }))).rejects.toMatchObject({ status: 406 });
    },
  );
});

test('a path there is not names the nearest, a method there is not those there are', async () => {
  const { deps } = world();
  await expect(answerQuery(deps, request({ path: '/v1/finding' }))).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('did you mean /v1/findings?'),
  });
  await expect(answerQuery(deps, request({ method: 'DELETE' }))).rejects.toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
  });
});
