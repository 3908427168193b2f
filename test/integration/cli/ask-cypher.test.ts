import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { refill } from '../checks/build-graph.ts';
import { healthy, minute, scan } from '../checks/small-mesh.ts';

let access: GraphAccess;
let graph: Graph;
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  await refill(graph, [scan, healthy]);
});
afterAll(() => graph?.close());

const ask = (args: readonly string[], piped?: string) =>
  runCommand(['ask', ...args], {
    env: { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password },
    now: () => minute(10),
    ...(piped === undefined
      ? {}
      : {
          stdin: async function* () {
            yield Buffer.from(piped);
          },
        }),
  });

const NAMES = 'MATCH (w:Workload) WHERE w.namespace = $namespace RETURN w.name AS name, w.kind AS kind ORDER BY name';

test('rows of a statement come as a table, with parameters that are JSON or text', async () => {
  const { out, code } = await ask(['--cypher', NAMES, '--param', 'namespace=shop']);
  expect(code).toBe(0);
  expect(out).toMatch(/^name +kind *\nbooks +Deployment *\nweb +Deployment *\n$/);
  const csv = await ask(['--cypher', 'UNWIND $list AS n RETURN n', '--param', 'list=[1,2]', '-o', 'csv']);
  expect(csv.out).toMatch(/^n\r?\n1\r?\n2\r?\n$/);
});

test('a statement may be piped in, and JSON holds whether there was more', async () => {
  const { out } = await ask(['--cypher', '-', '-o', 'json'], 'RETURN 1 AS one');
  expect(JSON.parse(out)).toMatchObject({ rows: [{ one: 1 }], truncated: false });
  const cut = await ask(['--cypher', 'UNWIND range(1, 2000) AS n RETURN n', '-o', 'json']);
  expect(JSON.parse(cut.out)).toMatchObject({ truncated: true, rows: { length: 1_000 } });
  expect(cut.err).toContain('only the first 1000 rows');
});

test.each([
  ['writes', 'CREATE (n:Evil)', 'does not only read'],
  ['reaches the network', "LOAD CSV FROM 'http://127.0.0.1:1/' AS row RETURN row", 'LOAD CSV'],
  ['is no Cypher', 'FIND ME', 'FIND'],
  ['is empty', '  ', 'expected one statement'],
])('a statement that %s is refused in a sentence', async (_, statement, words) => {
  const { out, err, code } = await ask(['--cypher', statement]);
  expect({ out, code }).toEqual({ out: '', code: 2 });
  expect(err).toContain(words);
  expect(err).not.toContain('    at ');
  expect(await graph.read('MATCH (n:Evil) RETURN n')).toEqual([]);
});

test('what a cluster named itself reaches no terminal as more than text', async () => {
  const { out } = await ask(['--cypher', "RETURN '\\u001b[31mred' AS name"]);
  expect(out).not.toContain('\u001b');
});
