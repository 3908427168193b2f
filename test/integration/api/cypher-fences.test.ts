import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { minute, scan } from '../checks/small-mesh.ts';
import { deliver } from '../graph/structure-graph.ts';
import { apiOn } from './api-on-graph.ts';

let graph: Graph;
let outside: Server;
let fetched = 0;
let url: string;

beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await deliver(graph, scan);
  outside = createServer((_request, response) => {
    fetched += 1;
    response.end('a,b\n1,2\n');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => outside.once('listening', resolve));
  url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  outside?.close();
  await graph?.close();
});

const LIMITS = { enabled: true, timeout: 1_000, maxRows: 3 };

/** Runs a statement by the API; `userArn` null = nobody was authenticated. */
const run = (statement: string, { cypher = LIMITS, userArn, parameters = {} }: RunOptions = {}) =>
  apiOn(graph, { cypher, now: () => minute(10) })({
    target: '/v1/cypher',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ statement, parameters }),
    ...(userArn !== undefined && { userArn }),
  });
type RunOptions = { cypher?: typeof LIMITS; userArn?: string | null; parameters?: object };

const everything = () => graph.read('MATCH (n) RETURN count(n) AS nodes, sum(size(keys(n))) AS properties');

test('a statement that reads is answered, with its parameters', async () => {
  const { status, json } = await run('MATCH (w:Workload {name: $name}) RETURN w.key AS key', {
    parameters: { name: 'web' },
  });
  expect({ status, rows: json.rows, truncated: json.truncated }).toEqual({
    status: 200,
    rows: [{ key: 'test/shop/Deployment/web' }],
    truncated: false,
  });
});

test.each([
  'CALL db.labels() YIELD label RETURN label',
  "RETURN date.truncate('day', date('2026-11-24')) AS day",
  'MATCH (n) RETURN n LIMIT 1;',
])('%s is one of those that may run', async (statement) => {
  expect((await run(statement)).status).toBe(200);
});

test('the first fence: nobody but an authenticated caller', async () => {
  expect(await run('RETURN 1 AS one', { userArn: null })).toMatchObject({ status: 401 });
});

test('the second fence: off until switched on, with the way to the named questions', async () => {
  const { status, json } = await run('RETURN 1 AS one', { cypher: { ...LIMITS, enabled: false } });
  expect({ status, detail: json.detail }).toEqual({
    status: 403,
    detail: expect.stringContaining('GET /v1/questions'),
  });
});

describe('the third fence, the plan', () => {
  const writes = [
    "CREATE (n:Workload {key: 'x'}) RETURN n",
    'MATCH (n) DETACH DELETE n',
    'MATCH (n) SET n.x = 1',
    'MATCH (n) REMOVE n.name',
    "MERGE (n:X {key: 'x'}) RETURN n",
    'FOREACH (x IN [1] | CREATE (:X))',
    'MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS',
    'CYPHER runtime=slotted CREATE (:X)',
    '/* EXPLAIN */ CREATE (:X)',
    'EXPLAIN CREATE (:X)',
    'CREATE INDEX x FOR (n:X) ON (n.x)',
    'DROP CONSTRAINT Workload_key',
    'MATCH (n) RETURN EXISTS { CALL db.createLabel("x") } AS x',
    'CALL db.createLabel("x")',
  ];
  const reach = [
    'LOAD CSV FROM $url AS line RETURN line',
    'LOAD \\u0043SV FROM $url AS line RETURN line',
    'load/**/csv from $url as line return line',
    'RETURN COLLECT { LOAD CSV FROM $url AS line RETURN line } AS lines',
    'MATCH (n) WHERE EXISTS { LOAD CSV FROM $url AS line RETURN line } RETURN n',
    'CALL { LOAD CSV FROM $url AS line RETURN line } RETURN line',
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
  ];
  const administration = [
    'SHOW USERS',
    'SHOW SETTINGS',
    'SHOW TRANSACTIONS',
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    'SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTIONS id',
    'SHOW DATABASES',
    'SHOW PROCEDURES',
    "CREATE USER eve SET PASSWORD 'longenough1'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'longenough1'",
    'CALL dbms.listConfig()',
    'CALL db.clearQueryCaches()',
    "CALL dbms.killConnection('bolt-1')",
    "CALL `dbms`.`killConnection`('bolt-1')",
    'RETURN COLLECT { CALL dbms.listConfig() YIELD value RETURN value } AS settings',
    'UNWIND [1] AS x CALL (x) { RETURN 1 AS y } IN TRANSACTIONS RETURN y',
    'USE system SHOW USERS',
  ];
  const malformed = ['', ' ', 'MATCH (n) RETURN n; CREATE (:X)', 'PROFILE CREATE (:X)', ':use system', 'BEGIN'];

  test.each([...writes, ...reach, ...administration, ...malformed])(
    'refuses %j, and nothing happens',
    async (statement) => {
      const before = { fetched, graph: await everything() };
      const { status, json } = await run(statement, { parameters: { url } });
      expect(status, json?.detail).toBeOneOf([400, 403]);
      expect({ fetched, graph: await everything() }).toEqual(before);
    },
  );
});

test('the third fence, functions: a word that begins those of a plug-in is refused however it is spelled', async () => {
  // The server of the tests has no plug-in, so it is told of one as SHOW FUNCTIONS would.
  const plugged: Graph = {
    ...graph,
    read: (cypher, ...more) =>
      cypher.startsWith('SHOW FUNCTIONS')
        ? Promise.resolve([{ namespace: 'apoc' } as never])
        : graph.read(cypher, ...more),
  };
  for (const name of ['apoc.version', 'APOC . version', '`apoc`.version', '\\u0061poc.version', 'apoc/* */.version']) {
    const answer = await apiOn(plugged, { cypher: LIMITS })({
      target: '/v1/cypher',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ statement: `WITH '${name}' AS text RETURN text` }),
    });
    expect(answer, name).toMatchObject({ status: 403, json: { detail: expect.stringContaining('functions of apoc') } });
  }
});

test('the fourth fence: a session that cannot write refuses what a wrong plan would have let through', async () => {
  const fooled: Graph = {
    ...graph,
    explain: async () => ({ reads: true, operators: [{ type: 'NodeScan', details: '' }] }),
  };
  const before = await everything();
  const answer = await apiOn(fooled, { cypher: LIMITS })({
    target: '/v1/cypher',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ statement: 'CREATE (:X)' }),
  });
  expect(answer).toMatchObject({ status: 403, json: { detail: expect.stringContaining('this statement writes') } });
  expect(await everything()).toEqual(before);
});

test('the fifth fence: rows beyond the cap are left out and said to be, what takes too long is ended', async () => {
  expect((await run('UNWIND range(1, 10) AS n RETURN n')).json).toMatchObject({
    rows: [{ n: 1 }, { n: 2 }, { n: 3 }],
    truncated: true,
  });
  const slow = await run('UNWIND range(1, 1000000000) AS n WITH n WHERE n < 0 RETURN n');
  expect(slow).toMatchObject({ status: 503, json: { detail: expect.stringContaining('longer than it may') } });
});
