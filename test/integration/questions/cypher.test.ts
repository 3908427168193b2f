import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { freshGraph } from '../../neo4j.ts';
import { call, minute, trafficWindow } from '../checks/small-mesh.ts';
import { deliver } from '../graph/structure-graph.ts';
import { askGraph } from './ask-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
});
afterAll(() => graph?.close());

const shared = join(import.meta.dirname, '../../../shared');
const queries = ['checks', 'questions', 'graph/knowledge', 'graph/reader'].flatMap((room) =>
  readdirSync(join(shared, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.cypher'))
    .map((name) => relative(shared, join(shared, room, name))),
);

test.each(queries)('%s compiles on a real Neo4j and only reads', async (name) => {
  const { reads } = await graph.explain(readFileSync(join(shared, name), 'utf8'));
  expect(reads).toBe(true);
});

const statements = ['findings', 'outbox'].flatMap((room) =>
  readdirSync(join(shared, 'graph', room))
    .filter((name) => name.endsWith('.cypher'))
    .map((name) => join(room, name)),
);

test.each(statements)('graph/%s compiles', async (name) => {
  await graph.explain(readFileSync(join(shared, 'graph', name), 'utf8'));
});

describe('on 20,000 pairs', () => {
  const WORKLOADS = 3_000;
  beforeAll(async () => {
    const name = (n: number) => `shop/w${n % WORKLOADS}`;
    const calls = Array.from({ length: 20_000 }, (_, i) =>
      call(name(i), name(i * 7 + Math.floor(i / WORKLOADS) * 131 + 1), 5),
    );
    for (const n of [0, 1]) await deliver(graph, trafficWindow(minute(n * 60), minute(n * 60 + 5), calls));
  });

  test('a path is found in seconds, and the callers of one workload at once', async () => {
    const time = async (id: string, values: Record<string, string>) => {
      const start = performance.now();
      const { rows } = await askGraph(graph, id, values);
      expect(rows.length).toBeGreaterThan(0);
      return performance.now() - start;
    };
    expect(await time('path', { from: 'shop/w1', to: 'shop/w2' })).toBeLessThan(20_000);
    expect(await time('callers', { callee: 'shop/w1' })).toBeLessThan(3_000);
  });
});
