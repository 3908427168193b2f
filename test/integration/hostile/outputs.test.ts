import { type DefaultTreeAdapterMap, parse as parseHtml } from 'parse5';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, call, clusterScan, mesh, minute, start, trafficWindow } from '../checks/small-mesh.ts';
import { PAYLOADS } from './payloads.ts';

const NAMES = PAYLOADS.map((payload) => payload.slice(0, 253));

let access: GraphAccess;
let graph: Graph;

/** A mesh in which everything that can be named is named so: workloads, accounts, owners, classes of data, policies. */
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  const workloads = Object.fromEntries(
    // A name of Kubernetes has 253 characters at most; what annotations say goes through the entity model, which cuts it.
    NAMES.map((name, i) => [
      `shop/${name}`,
      { pods: [{ name: `pod-${i}` }], holds: name, owner: name, exposedTo: name },
    ]),
  );
  const calls = NAMES.map((name) => call('shop/web', `shop/${name}`, 3, { tls: 'no_identity', noTlsReason: name }));
  const arrivals = NAMES.map((name) =>
    arrival(`shop/${name}`, 'shop/books', 'denied', 2, { server: { kind: 'server', name } }),
  );
  await refill(graph, [
    clusterScan(start, { ...mesh, workloads: { ...mesh.workloads, ...workloads } }),
    trafficWindow(minute(5), minute(6), calls, arrivals),
  ]);
});
afterAll(() => graph?.close());

const run = (...args: string[]) =>
  runCommand(args, {
    env: { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password },
    now: () => minute(10),
  });

/** What commands a terminal, or reorders a line: all but line breaks. */
const COMMANDS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const commandsIn = (text: string) => text.replaceAll(/\r?\n/g, '').match(COMMANDS);

type Node = DefaultTreeAdapterMap['node'];
const within = (node: Node): Node[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(within) : [])];
const tagsOf = (html: string) =>
  new Set(within(parseHtml(html)).flatMap((node) => ('tagName' in node ? node.tagName : [])));

function mustBeXml(text: string): void {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
}

describe('a mesh whose names are attacks', () => {
  test.each([
    ['ask', 'callees', 'shop/web'],
    ['ask', 'callers', 'shop/books'],
    ['ask', 'plaintext'],
    ['ask', 'denied'],
    ['ask', 'owners'],
    ['check', '--record'],
    ['check', '-o', 'short'],
    ['findings'],
    ['findings', '-o', 'short'],
    ['diff', '--from', '1h'],
    ['report', '--since', '1h', '-o', 'markdown'],
    ['ask', 'callees', 'shop/web', '-o', 'markdown'],
  ])('commands no terminal: meshgraph %s %s %s %s', async (...args) => {
    const { out, err, code } = await run(...args.filter((arg) => arg !== undefined));
    expect(out.length).toBeGreaterThan(100);
    expect([commandsIn(out), commandsIn(err)]).toEqual([null, null]);
    expect(`${out}${err}`).not.toMatch(/did not expect/);
    expect(code).toBeLessThanOrEqual(2);
  });

  test.each([
    ['ask', 'callees', 'shop/web', '-o', 'json'],
    ['check', '-o', 'json'],
    ['check', '-o', 'sarif'],
    ['findings', '-o', 'sarif'],
    ['diff', '--from', '1h', '-o', 'json'],
    ['report', '--since', '1h', '-o', 'json'],
    ['export', '-o', 'json'],
  ])('breaks no JSON: meshgraph %s %s %s %s %s', async (...args) => {
    const { out } = await run(...args.filter((arg) => arg !== undefined));
    expect(JSON.stringify(JSON.parse(out))).toContain('DETACH DELETE n');
  });

  test.each([
    ['check', '-o', 'junit'],
    ['export', '-o', 'graphml'],
    ['export', '-o', 'svg'],
  ])('breaks no XML: meshgraph %s %s %s', async (...args) => {
    const { out } = await run(...args);
    mustBeXml(out);
    expect(out).toContain('DETACH DELETE n');
  });

  test('adds no element to a page', async () => {
    for (const args of [
      ['report', '--since', '1h'],
      ['export', '-o', 'html'],
    ]) {
      const { out } = await run(...args);
      for (const tag of ['img', 'b', 'a:x']) expect(tagsOf(out)).not.toContain(tag);
      expect(out).not.toMatch(/<script>alert/);
      expect(out).toContain('DETACH DELETE n');
    }
  });

  test('ends no label of a picture', async () => {
    for (const args of [
      ['diff', '--from', '1h', '-o', 'mermaid'],
      ['export', '-o', 'mermaid'],
    ]) {
      const { out } = await run(...args);
      expect(out).not.toMatch(/^\s*(click|end\s+n9|%%)/m);
      for (const line of out.split('\n')) expect(line.split('"').length % 2, line.slice(0, 200)).toBe(1);
    }
  });

  test('is read by a spreadsheet as text', async () => {
    const { out } = await run('ask', 'callees', 'shop/web', '-o', 'csv');
    expect(out).not.toMatch(/(^|,)"?[=+@\t]/m);
  });

  test('is found by its names, and writes nothing', async () => {
    for (const name of NAMES) {
      const key = name.split('/')[0];
      const { out, err } = await run('ask', 'callers', `shop/${key}`, '-o', 'json');
      if (err.includes('shop/')) continue;
      expect(JSON.parse(out).rows.length, name).toBeGreaterThan(0);
    }
    expect(await graph.read('MATCH (n:Pwned) RETURN n')).toEqual([]);
  });
});
