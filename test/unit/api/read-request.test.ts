import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPERATIONS } from '../../../shared/domain/api/operations.ts';
import { readRequest } from '../../../shared/domain/api/read-request.ts';
import { MeshgraphError } from '../../../shared/domain/errors.ts';

const paths = Object.values(OPERATIONS).map(({ path }) => path);
const names = Object.values(OPERATIONS).flatMap(({ input }) => Object.keys(input.shape));
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '1', 'true', '%', '%zz', '__proto__', 'null', '-2h'),
);
const parameter = fc.tuple(fc.oneof(fc.constantFrom(...names), text), text).map(([name, value]) => `${name}=${value}`);

const request = fc.record({
  method: fc.oneof(fc.constantFrom('GET', 'HEAD', 'POST', 'PUT'), text),
  path: fc.oneof(
    fc.constantFrom(...paths),
    text.map((part) => `/v1/${part}`),
    text,
  ),
  query: fc.array(parameter, { maxLength: 4 }).map((all) => all.join('&')),
  headers: fc.dictionary(
    fc.constantFrom('accept', 'content-type', 'if-none-match'),
    fc.oneof(text, fc.constant('application/json')),
  ),
  body: fc.option(fc.oneof(text, fc.json()), { nil: undefined }),
  caller: fc.constant(undefined),
});

test('whatever is sent is read, or refused in words with a status of the caller', () => {
  fc.assert(
    fc.property(request, (sent) => {
      try {
        const { id } = readRequest(sent);
        expect(Object.keys(OPERATIONS)).toContain(id);
      } catch (error) {
        expect(error).toBeInstanceOf(MeshgraphError);
        expect((error as MeshgraphError).status).toBeOneOf([400, 404, 405, 406, 413, 415]);
        expect((error as MeshgraphError).message).not.toBe('');
      }
    }),
    { numRuns: 2_000 },
  );
});

const get = (target: string) => {
  const [path = '', query = ''] = target.split('?');
  return readRequest({ method: 'GET', path, query, headers: {}, body: undefined, caller: undefined });
};

test.each([
  ['/v1/findings', { limit: 100 }],
  ['/v1/findings?limit=7&state=open', { limit: 7, state: 'open' }],
  ['/v1/graph?withLinkerd=true', { withLinkerd: true }],
  ['/v1/neighbourhoods?node=shop%2Fweb', { node: 'shop/web', depth: 1, withLinkerd: false }],
  ['/v1/questions/callers?callee=a+b', { name: 'callers', callee: 'a b' }],
])('%s is read with its defaults', (target, input) => {
  expect(get(target).input).toEqual(input);
});

test.each([
  ['/v1/findings?limit=0', 'limit: expected a whole number from 1 to 200'],
  ['/v1/findings?limit=1.5', 'limit: expected a whole number from 1 to 200'],
  ['/v1/findings?limit=many', 'limit: expected a whole number from 1 to 200'],
  ['/v1/findings?state=closed', 'state: '],
  ['/v1/graph?withLinkerd=yes', 'withLinkerd: '],
  ['/v1/neighbourhoods', 'node: '],
  ['/v1/health?x=1', 'unknown parameter x: known are none'],
  ['/v1/graph?__proto__=x', 'unknown parameter __proto__'],
])('%s is refused: %s', (target, words) => {
  expect(() => get(target)).toThrow(words);
});

test('what the path says, the query cannot unsay', () => {
  expect(get('/v1/questions/callers?name=callees').input).toEqual({ name: 'callers' });
});
