import { afterAll, beforeAll, expect, test } from 'vitest';
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
    `RETURN $values AS values, all(v IN $values WHERE v IS :: INTEGER) AS integers, all(v IN $rows WHERE v.n IS :: INTEGER) AS nested, $fraction IS :: FLOAT AS float, $huge IS :: FLOAT AS huge`,
    { values, rows: values.map((n) => ({ n })), fraction: 0.25, huge: 1e300 },
  );
  expect(row).toEqual({ values, integers: true, nested: true, float: true, huge: true });
});
