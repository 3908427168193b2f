import { expect, test } from 'vitest';
import { matchOperation } from '../../../shared/domain/api/match-operation.ts';
import { type Operation, pathParameters } from '../../../shared/domain/api/operation.ts';
import { OPERATIONS } from '../../../shared/domain/api/operations.ts';

test.each(Object.entries<Operation>(OPERATIONS))(
  '%s is found by its own method and path, and told what stands in it',
  (id, { method, path }) => {
    const names = pathParameters(path);
    const told = names.reduce((filled, name) => filled.replace(`{${name}}`, `the-${name}`), path as string);
    expect(matchOperation(method, told)).toEqual({
      id,
      values: Object.fromEntries(names.map((name) => [name, `the-${name}`])),
    });
  },
);

test.each(['/', '', '/v2/graph', '/v1', '/v1/graph/more', '/v1/openapiXjson', '/v1/questions/a/b'])(
  'there is nothing at "%s"',
  (path) => {
    expect(() => matchOperation('GET', path)).toThrow('there is nothing at');
  },
);
