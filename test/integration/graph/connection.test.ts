import { afterAll, beforeAll, expect, test } from 'vitest';
import { ForbiddenError, InvalidInputError } from '../../../shared/domain/errors.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

test('whole numbers arrive as integers, also in lists and maps, and fractions as floats', async () => {
  const values = [0, -1, 127, 128, -129, 2 ** 31, -(2 ** 31) - 1, 1_764_000_000_000, Number.MAX_SAFE_INTEGER];
  const [row] = await graph.read(
    `RETURN $values AS values, all(v IN $values WHERE v IS :: INTEGER) AS integers,
            all(v IN $rows WHERE v.n IS :: INTEGER) AS nested, $fraction IS :: FLOAT AS float, $huge IS :: FLOAT AS huge`,
    { values, rows: values.map((n) => ({ n })), fraction: 0.25, huge: 1e300 },
  );
  expect(row).toEqual({ values, integers: true, nested: true, float: true, huge: true });
});

test('results are plain values fit for JSON, whatever type Neo4j has for them', async () => {
  const [row] = await graph.write(
    `CREATE path = (a:A:B {at: [1, 2]})-[r:CALLED {seconds: 2.5}]->(b)
     RETURN a, r, path, {day: date('2026-01-02'), list: [duration('PT1M'), null]} AS map,
            datetime('2026-01-01T00:00:00Z') AS at, point({x: 1, y: 2}) AS point`,
  );
  const a = { labels: ['A', 'B'], properties: { at: [1, 2] } };
  const r = { type: 'CALLED', properties: { seconds: 2.5 } };
  const plain = {
    a,
    r,
    path: { nodes: [a, { labels: [], properties: {} }], relationships: [r] },
    map: { day: '2026-01-02', list: ['PT1M', null] },
    at: '2026-01-01T00:00:00Z',
    point: { srid: 7203, x: 1, y: 2 },
  };
  expect(JSON.parse(JSON.stringify(row))).toEqual(plain);
});

test('a write tells what the server counted', async () => {
  const { counters } = await graph.write('CREATE (:Counted {a: 1})-[:R]->(:Counted)');
  expect(counters).toMatchObject({ nodesCreated: 2, relationshipsCreated: 1, propertiesSet: 1 });
});

test('reading never writes: the server itself refuses', async () => {
  const attempt = graph.read('CREATE (n:Forbidden) RETURN n');
  await expect(attempt).rejects.toThrow(ForbiddenError);
  await expect(attempt).rejects.toThrow('this statement writes, and only reading is allowed here');
  expect(await graph.read('MATCH (n:Forbidden) RETURN n')).toEqual([]);
});

test('explain tells reading from writing without doing either', async () => {
  expect(await graph.explain('MATCH (n) WHERE n.name = $name RETURN n', { name: 'a' })).toMatchObject({ reads: true });
  expect(await graph.explain('MERGE (n:Explained) RETURN n')).toMatchObject({ reads: false });
  expect(await graph.explain('CREATE INDEX explained FOR (n:Explained) ON (n.a)')).toMatchObject({ reads: false });
  await expect(graph.explain('MATCH (n RETURN n')).rejects.toThrow(InvalidInputError);
  expect(await graph.read('MATCH (n:Explained) RETURN n')).toEqual([]);
});

test('no more rows are fetched than asked for', async () => {
  const started = performance.now();
  const rows = await graph.read<{ i: number }>('UNWIND range(1, 100000000) AS i RETURN i', {}, { maxRows: 2500 });
  expect(rows.length).toBe(2500);
  expect(rows.at(-1)?.i).toBe(2500);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await graph.read('RETURN 1 AS one', {}, { maxRows: 0 })).toEqual([]);
});

test('a statement that takes longer than it may is ended by the server', async () => {
  const endless = 'UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j RETURN count(*) AS n';
  await expect(graph.read(endless, {}, { timeoutMs: 200 })).rejects.toThrow('it took longer than it may');
});

test('a transaction commits all of its statements or none', async () => {
  const failed = graph.transaction(async (transaction) => {
    await transaction.run('CREATE (:Atomic)');
    throw new Error('changed my mind');
  });
  await expect(failed).rejects.toThrow('changed my mind');
  expect(await graph.read('MATCH (n:Atomic) RETURN n')).toEqual([]);
  const result = await graph.transaction(async (transaction) => {
    await transaction.run('CREATE (:Atomic {n: 1})');
    const [row] = await transaction.run<{ n: number }>('MATCH (a:Atomic) RETURN a.n AS n');
    return row?.n;
  });
  expect(result).toBe(1);
  expect((await graph.read('MATCH (n:Atomic) RETURN n')).length).toBe(1);
});

test('the server is asked what it is and whether we may write', async () => {
  expect(await graph.verify()).toEqual({ version: '5.26.28', edition: 'community', writable: true });
});
