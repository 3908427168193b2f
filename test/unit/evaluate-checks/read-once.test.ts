import { expect, test } from 'vitest';
import { readOnce } from '../../../functions/evaluate-checks/read-once.ts';

test('a query is read once for all who name the same values, and again for others', async () => {
  const read: string[] = [];
  const readRows = readOnce(async (query, { cluster, learning }) => {
    read.push(`${query} of ${cluster} and ${learning}`);
    return [{ read: read.length }];
  });
  const calls = 'MATCH ... $cluster';
  expect(await readRows(calls, { cluster: 'a', learning: 1 })).toEqual([{ read: 1 }]);
  expect(await readRows(calls, { cluster: 'a', learning: 2 })).toEqual([{ read: 1 }]);
  expect(await readRows(calls, { cluster: 'b', learning: 2 })).toEqual([{ read: 2 }]);
  const learnt = 'MATCH ... $cluster ... $learning';
  await readRows(learnt, { cluster: 'a', learning: 1 });
  await readRows(learnt, { cluster: 'a', learning: 2 });
  expect(read).toEqual([
    'MATCH ... $cluster of a and 1',
    'MATCH ... $cluster of b and 2',
    'MATCH ... $cluster ... $learning of a and 1',
    'MATCH ... $cluster ... $learning of a and 2',
  ]);
});
