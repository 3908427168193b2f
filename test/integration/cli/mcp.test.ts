import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { healthy, scan } from '../checks/small-mesh.ts';

const root = join(import.meta.dirname, '../../..');
const meshgraph = join(root, 'bin/meshgraph.mjs');

let graph: Graph;
let env: Record<string, string>;
beforeAll(async () => {
  await promisify(execFile)('node', [join(root, 'scripts/build.mjs')]);
  const access = await freshGraph();
  env = { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password };
  graph = openGraph(access);
  await refill(graph, [scan, healthy]);
});
afterAll(() => graph?.close());

/** The built command as an assistant starts it, spoken to by the protocol's own client. */
async function assistant<Result>(args: readonly string[], work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ name: 'a test', version: '0' });
  const command = { command: process.execPath, args: [meshgraph, 'mcp', ...args], env, stderr: 'pipe' as const };
  await client.connect(new StdioClientTransport(command));
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const textOf = ({ content }: { content: unknown }): string => (content as { text: string }[])[0]?.text ?? '';

describe('meshgraph mcp', () => {
  test('offers every question as a tool that only reads, and no free Cypher unless asked to', async () => {
    const { tools } = await assistant([], (client) => client.listTools());
    expect(tools.map(({ name }) => name).toSorted()).toEqual([...QUESTIONS.map(({ id }) => id), 'findings'].toSorted());
    for (const { annotations } of tools)
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    const callers = tools.find(({ name }) => name === 'callers');
    expect(callers?.inputSchema).toMatchObject({ required: ['callee'], properties: { since: { type: 'string' } } });
  });

  test('answers a question with its rows, its period and how new they are', async () => {
    const callee = { callee: 'shop/books', since: '-5m' };
    const answer = await assistant([], (client) => client.callTool({ name: 'callers', arguments: callee }));
    const told = { summary: 'shop/books has 1 caller', cluster: 'test', rows: [{ caller: 'shop/web', count: 10 }] };
    expect(answer.structuredContent).toMatchObject(told);
    expect(JSON.parse(textOf(answer))).toEqual(answer.structuredContent);
  });

  test.each([
    ['of what is not there', { callee: 'shop/boks' }, 'shop/books'],
    ['of a time before history', { callee: 'shop/books', at: '2020-01-01T00:00:00Z' }, 'ask about a later instant'],
    ['with an unknown parameter', { callee: 'shop/books', cale: 'x' }, 'cale'],
    ['without what it needs', {}, 'callee'],
  ])('tells in a sentence what is wrong with a question %s', async (_, given, words) => {
    const answer = await assistant([], (client) => client.callTool({ name: 'callers', arguments: given }));
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain(words);
    expect(textOf(answer)).not.toMatch(/\n\s+at |node:/);
  });

  test('runs free Cypher where it is offered, and refuses what writes', async () => {
    const [read, write] = await assistant(['--cypher'], async (client) => {
      const run = (statement: string) => client.callTool({ name: 'cypher', arguments: { statement } });
      return [await run('MATCH (w:Workload) RETURN count(w) AS n'), await run('MATCH (w:Workload) DETACH DELETE w')];
    });
    expect(read?.structuredContent).toMatchObject({ rows: [{ n: expect.any(Number) }], truncated: false });
    expect(write).toMatchObject({
      isError: true,
      content: [{ text: 'the statement does not only read: it is refused' }],
    });
    expect(await graph.read('MATCH (w:Workload) RETURN count(w) > 0 AS left')).toEqual([{ left: true }]);
  });

  test('ends when the assistant does', async () => {
    const transport = new StdioClientTransport({ command: process.execPath, args: [meshgraph, 'mcp'], env });
    const client = new Client({ name: 'a test', version: '0' });
    await client.connect(transport);
    const { pid } = transport;
    await client.close();
    expect(() => process.kill(pid as number, 0)).toThrow('ESRCH');
  });
});
