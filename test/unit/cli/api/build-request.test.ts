import { expect, test } from 'vitest';
import { readApiAddress } from '../../../../cli/api/api-address.ts';
import { buildRequest, targetOf } from '../../../../cli/api/build-request.ts';
import type { Input, OperationId } from '../../../../shared/domain/api/operations.ts';
import { readRequest } from '../../../../shared/domain/api/read-request.ts';

/** The request as the API reads it. */
function readBack<Id extends OperationId>(id: Id, input: Input<Id>) {
  const request = buildRequest(id, input);
  const [path = '', query = ''] = targetOf(request).split('?');
  const headers = request.body === undefined ? {} : { 'content-type': 'application/json' };
  return readRequest({ method: request.method, path, query, headers, body: request.body, caller: undefined });
}

test.each([
  ['askQuestion', { name: 'callers', callee: 'shop/a b+c&d=é/ü', since: '-2h', cluster: undefined }],
  ['readNeighbourhood', { node: "spiffe://cluster.local/ns/x/sa/y!'()*", depth: 3, withLinkerd: true }],
  ['readNeighbourhood', { node: 'shop/web', depth: 1, withLinkerd: false }],
  ['listFindings', { state: 'open', limit: 200, cursor: undefined }],
  ['readFinding', { id: '0a1b' }],
  ['reopenFinding', { id: '0a1b', reason: 'not any more' }],
  ['acceptFinding', { id: '0a1b', reason: 'because "so"', until: '2027-03-31' }],
  ['readHealth', {}],
] as const)('%s: what the client asks is what the API reads', (id, input) => {
  const told = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  expect(readBack(id, input as never)).toEqual({ id, input: told });
});

test.each([
  [
    'https://abc123.execute-api.eu-west-1.amazonaws.com',
    'https://abc123.execute-api.eu-west-1.amazonaws.com',
    'eu-west-1',
    'abc123',
  ],
  [
    'https://abc123.execute-api.cn-north-1.amazonaws.com.cn/v1/',
    'https://abc123.execute-api.cn-north-1.amazonaws.com.cn',
    'cn-north-1',
    'abc123',
  ],
  ['https://mesh.example.com/graph/v1', 'https://mesh.example.com/graph', undefined, undefined],
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000', undefined, undefined],
])('%s is an address', (text, base, region, id) => {
  expect(readApiAddress(text)).toEqual({ base, region, id });
});

test.each(['mesh.example.com', 'http://mesh.example.com', 'ftp://x', 'https://user:pw@x', 'https://x/?a=b', ''])(
  '"%s" is none',
  (text) => {
    expect(() => readApiAddress(text)).toThrow('an API is named by an address like https://');
  },
);
