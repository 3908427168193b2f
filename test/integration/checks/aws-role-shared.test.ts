import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entity } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { evaluate, judge, messagesOf } from './judge.ts';
import { clusterScan, mesh, minute, relation, start } from './small-mesh.ts';
import { account, rbac } from './small-rbac.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const awsRole = (name: string): Entity => ({
  label: 'AwsRole',
  family: 'serviceaccounts',
  key: `test/AwsRole/arn:aws:iam::1:role/${name}`,
  props: { name, arn: `arn:aws:iam::1:role/${name}` },
});
const scan = (at: number, assumed: Readonly<Record<string, string>>) =>
  clusterScan(at, {
    ...mesh,
    more: rbac(
      Object.values(assumed).map(awsRole),
      Object.entries(assumed).map(([name, to]) => relation('ASSUMES', 'serviceaccounts', account(name), awsRole(to))),
    ),
  });

test('finds an AWS role of several ServiceAccounts, and only while they are', async () => {
  const observations = [
    scan(start, { 'shop/web': 'bucket', 'shop/books': 'queue' }),
    scan(minute(3), { 'shop/web': 'bucket', 'shop/books': 'bucket', 'legacy/inventory': 'queue' }),
    scan(minute(6), { 'shop/web': 'bucket', 'shop/books': 'queue' }),
  ];
  expect(messagesOf(await judge(graph, 'aws-role-shared', observations))).toEqual([]);
  expect(messagesOf(await evaluate(graph, 'aws-role-shared', { at: minute(4) }))).toEqual([
    'arn:aws:iam::1:role/bucket may be assumed by 2 ServiceAccounts: shop/books, shop/web',
  ]);
  expect(messagesOf(await evaluate(graph, 'aws-role-shared', { at: minute(2) }))).toEqual([]);
});
