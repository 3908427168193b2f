import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { register } from '../../cli/commands/export.ts';
import { runProgram } from '../../cli/program.ts';
import type { Topology } from '../../shared/domain/topology/topology.ts';
import { type Graph, type GraphAccess, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { freshGraph } from '../neo4j.ts';
import { recordingIo } from '../unit/cli/recording-io.ts';
import { refill } from './checks/build-graph.ts';
import { arrival, call, clusterScan, minute, trafficWindow } from './checks/small-mesh.ts';

const workloads = {
  'shop/web': { pods: [{ name: 'web-1' }] },
  'shop/books': { pods: [{ name: 'books-1' }], holds: 'personal' },
  'legacy/cron': { pods: [{ name: 'cron-1', meshed: false }] },
};
const observations = [
  clusterScan(minute(0), { namespaces: { shop: {}, legacy: {} }, workloads }),
  trafficWindow(
    minute(0),
    minute(1),
    [call('shop/web', 'shop/books', 7, { failures: 2 })],
    [arrival('shop/web', 'shop/books', 'allowed', 7, { failures: 2 })],
  ),
  trafficWindow(
    minute(1),
    minute(2),
    [
      call('shop/web', 'shop/books', 5),
      call('shop/web', { type: 'external', address: '203.0.113.10' }, 3, { tls: 'no_identity' }),
    ],
    [arrival('shop/web', 'shop/books', 'allowed', 6), arrival(null, 'shop/books', 'denied', 4)],
  ),
  clusterScan(minute(3), {
    namespaces: { shop: {} },
    workloads: { 'shop/web': workloads['shop/web'], 'shop/books': workloads['shop/books'] },
  }),
];

let access: GraphAccess;
let graph: Graph;
let folder: string;

beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  await ensureSchema(graph);
  await refill(graph, observations);
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-export-'));
});
afterAll(async () => {
  await graph?.close();
  await rm(folder, { recursive: true, force: true });
});

async function meshgraph(...args: string[]) {
  const io = recordingIo({
    env: { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password },
    cwd: folder,
    now: () => minute(10),
  });
  await runProgram(args, '0', io, [register]);
  return { ...io.said, code: io.said.code ?? 0 };
}

const exported = async (...flags: string[]): Promise<Topology> =>
  JSON.parse((await meshgraph('export', '-o', 'json', ...flags)).out);
const counted = ({ edges }: Topology) =>
  edges.map(({ from, to, count, denied, failures, mTls }) => ({ from, to, count, denied, failures, mTls }));

describe('the topology', () => {
  test('merges both layers of all windows up to the newest scan', async () => {
    // By who calls whom, so that the same calls are told alike whatever the order they were read in.
    expect(counted(await exported())).toEqual([
      { from: 'test/Unauthenticated', to: 'test/shop/Deployment/books', count: 4, denied: 4, failures: 0, mTls: false },
      {
        from: 'test/shop/Deployment/web',
        to: 'test/External/203.0.113.10',
        count: 3,
        denied: 0,
        failures: 0,
        mTls: false,
      },
      {
        from: 'test/shop/Deployment/web',
        to: 'test/shop/Deployment/books',
        count: 13,
        denied: 0,
        failures: 2,
        mTls: true,
      },
    ]);
  });

  test('of an earlier period has its calls only, and the workloads that lived then', async () => {
    const at = new Date(minute(1)).toISOString();
    const { nodes, edges } = await exported('--at', at, '--since', '1m');
    expect(edges.map(({ count }) => count)).toEqual([7]);
    expect(nodes.map(({ name, meshed, holds }) => ({ name, meshed, holds }))).toEqual([
      { name: 'cron', meshed: false, holds: [] },
      { name: 'books', meshed: true, holds: ['personal'] },
      { name: 'web', meshed: true, holds: [] },
    ]);
    expect((await exported()).nodes.map(({ name }) => name)).not.toContain('cron');
  });

  test.each(['mermaid', 'dot', 'graphml', 'csv', 'svg', 'html'])('can be had as %s', async (format) => {
    const { out, err, code } = await meshgraph('export', '-o', format);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toContain('203.0.113.10');
  });

  test('goes to a file when one is named', async () => {
    const { out, err } = await meshgraph('export', '-o', 'svg', '--out', 'mesh.svg');
    expect({ out, err }).toEqual({ out: '', err: `written to ${join(folder, 'mesh.svg')}\n` });
    expect(await readFile(join(folder, 'mesh.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });
});

describe('the canonical export', () => {
  test('says the hash of exactly what it prints, and the same one of the same observations again', async () => {
    const first = await meshgraph('export', '-o', 'json', '--canonical');
    expect(first.err).toBe(`sha256 ${createHash('sha256').update(first.out).digest('hex')}\n`);
    expect(
      first.out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)).length,
    ).toBeGreaterThan(30);
    await refill(graph, observations.toReversed());
    expect((await meshgraph('export', '-o', 'json', '--canonical')).err).toBe(first.err);
  });

  test('has another hash when one request more was seen', async () => {
    const { err } = await meshgraph('export', '-o', 'json', '--canonical');
    const [scan, ...others] = observations;
    await refill(graph, [scan!, trafficWindow(minute(5), minute(6), [call('shop/web', 'shop/books', 1)]), ...others]);
    expect((await meshgraph('export', '-o', 'json', '--canonical')).err).not.toBe(err);
    await refill(graph, observations);
  });
});

describe('what cannot be exported is refused in one sentence:', () => {
  test.each([
    [['--cluster', 'prod'], 'the graph knows no cluster "prod", only test'],
    [['--namespace', 'shpo'], /^nothing lived in a namespace "shpo" of test at .*; did you mean shop\?$/],
    [['--since', '2026-11-24', '--at', '2026-11-23'], /^the period ends \(.*\) before it begins/],
    [['--canonical'], '--canonical is written as JSON lines: add -o json'],
    [['--out', 'no/such/folder'], /no\/such\/folder cannot be written \(ENOENT\)$/],
  ])('%j', async (flags, sentence) => {
    const { out, err, code } = await meshgraph('export', ...flags);
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err.trim()).toMatch(sentence);
  });

  test('a period without a call says so and exports the workloads', async () => {
    const { err, code } = await meshgraph(
      'export',
      '-o',
      'json',
      '--at',
      new Date(minute(9)).toISOString(),
      '--since',
      '2m',
    );
    expect(err).toMatch(/^no calls were seen in test from .* to .*\n$/);
    expect(code).toBe(0);
  });
});
