import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOwnCheck } from '../../../shared/checks/own-checks/parse-own-check.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { askOwnCheck, demandQueries } from '../../../shared/graph/own-checks/ask-own-check.ts';
import { freshGraph } from '../../neo4j.ts';

const YAML = `title: nothing of batch calls emojivoto
severity: low
rationale: batch has no business there
remedy: ask its owners
message: "{caller} calls {callee}"
fingerprint: [caller, callee]
`;
const check = (query: string, population?: string) =>
  parseOwnCheck(
    {
      id: 'one',
      folder: 'own/one',
      yaml: population === undefined ? YAML : `${YAML}population: callers\n`,
      query,
      ...(population !== undefined && { population }),
    },
    { ids: [], noun: 'check' },
  );
const GOOD = 'RETURN 1 AS caller, 2 AS callee';
const asked = { cluster: 'test', since: 0, at: 1 };

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

describe('a query of the user’s own', () => {
  it.each([
    [
      'does not compile',
      'MATCH (n)\nRETURN m.name AS caller, 1 AS callee',
      /^own\/one\/query\.cypher:2: Variable `m` not defined$/,
    ],
    ['is no Cypher', 'PLEASE', /^own\/one\/query\.cypher:1: Invalid input 'PLEASE'/],
    [
      'writes',
      'CREATE (n) RETURN n.name AS caller, 1 AS callee',
      /^own\/one\/query\.cypher:1: the statement does not only read/,
    ],
    [
      'reaches the network',
      "LOAD CSV FROM 'http://127.0.0.1/x' AS line RETURN line[0] AS caller, 1 AS callee",
      /^own\/one\/query\.cypher:1: LOAD CSV reaches files and the network/,
    ],
    [
      'lacks a column',
      'MATCH (n) RETURN n.name AS caller',
      /^own\/one\/check\.yaml:5: message names callee, .*: it has caller$/,
    ],
  ])('is refused, with file and line, where it %s', async (_, query, sentence) => {
    await expect(demandQueries(graph, check(query), asked)).rejects.toThrow(sentence);
  });

  it.each([
    ['writes', 'CREATE (n) RETURN 1 AS count', /^own\/one\/population\.cypher:1: the statement does not only read/],
    [
      'tells no count',
      'RETURN 1 AS sum',
      /^own\/one\/population\.cypher:1: it must return one row with a column count: it has sum$/,
    ],
  ])('is refused where its population %s', async (_, population, sentence) => {
    await expect(demandQueries(graph, check(GOOD, population), asked)).rejects.toThrow(sentence);
  });

  it('is taken where it reads and returns what is named', async () => {
    await demandQueries(graph, check(GOOD, 'MATCH (n) RETURN count(n) AS count'), asked);
    expect(await askOwnCheck(graph, check(GOOD), 'query', asked)).toEqual([{ caller: 1, callee: 2 }]);
  });

  it('is ended when it runs for ever, and when it finds more than anybody reads', async () => {
    const endless = check(
      'UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a, b WHERE a + b < 0 RETURN a AS caller, b AS callee',
    );
    await expect(askOwnCheck(graph, endless, 'query', asked, { timeoutMs: 500, mostRows: 10 })).rejects.toThrow(
      /^own\/one\/query\.cypher:1: it took longer than it may, and the server ended it/,
    );
    const many = check('UNWIND range(1, 10001) AS n RETURN n AS caller, n AS callee');
    await expect(askOwnCheck(graph, many, 'query', asked)).rejects.toThrow(
      'own/one/query.cypher:1: it returns more than 10000 rows: let it find less',
    );
    const most = check('UNWIND range(1, 10000) AS n RETURN n AS caller, n AS callee');
    expect(await askOwnCheck(graph, most, 'query', asked)).toHaveLength(10_000);
  });

  it('is not blamed for a server that is none', async () => {
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const other = openGraph({ uri: `bolt://127.0.0.1:${port}`, username: 'neo4j', password: 'x' });
    try {
      await expect(demandQueries(other, check(GOOD), asked)).rejects.toThrow(/^bolt:\/\/127\.0\.0\.1:\d+ speaks HTTP/);
    } finally {
      await other.close();
      server.close();
    }
  });

  it('is blamed for what fails while it runs, with its file', async () => {
    const failing = check('UNWIND [1, 0] AS n RETURN 1 / n AS caller, n AS callee');
    await expect(askOwnCheck(graph, failing, 'query', asked)).rejects.toThrow('own/one/query.cypher:1: / by zero');
  });
});
