import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STALE_AFTER_MS } from '../../../shared/checks/stale-after.ts';
import type { Reader } from '../../../shared/domain/api/operations.ts';
import { rollUpWindows } from '../../../shared/domain/compaction/roll-up-ledger.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { graphReader } from '../../../shared/graph/reader/graph-reader.ts';
import { keptWalks } from '../../../shared/graph/reader/kept-walks.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { evaluate } from '../checks/judge.ts';
import { arrival, call, clusterScan, mesh, minute, scan, trafficWindow } from '../checks/small-mesh.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());

const readerAt = (n: number, checks = {}): Reader =>
  graphReader({
    graph,
    readWalk: keptWalks(graph),
    now: () => minute(n),
    caller: 'ops',
    checks,
    staleAfterMs: STALE_AFTER_MS,
    cypher: { enabled: false, timeout: 1_000, maxRows: 10 },
  });

const denied = (n: number, ...accounts: string[]) =>
  trafficWindow(
    minute(n),
    minute(n + 1),
    [],
    accounts.map((account) => arrival(account, 'shop/books', 'denied', 4)),
  );
const quiet = (n: number) => trafficWindow(minute(n), minute(n + 1), [call('shop/web', 'shop/books', 1)]);
const ofCluster = (observation: Observation, cluster: string): Observation =>
  JSON.parse(JSON.stringify(observation).replaceAll('"test/', `"${cluster}/`).replaceAll('"test"', `"${cluster}"`));

/** Every page's items, asked for so many at a time. */
async function pages<Item>(
  read: (cursor?: string) => Promise<{ items: Item[]; next: string | null }>,
): Promise<Item[][]> {
  const all: Item[][] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { items, next } = await read(cursor);
    all.push(items);
    cursor = next;
  }
  return all;
}

describe('pages', () => {
  beforeAll(() =>
    refill(graph, [
      scan,
      denied(1, 'shop/a', 'shop/b', 'shop/c', 'shop/d'),
      clusterScan(minute(2), mesh),
      denied(2, 'shop/e'),
      clusterScan(minute(3), mesh),
    ]),
  );

  test('of scans hold each one once, newest first, also where two sources speak of the same instant', async () => {
    const reader = readerAt(4);
    const whole = (await reader.listScans({ limit: 200 })).scans.map(({ id }) => id);
    expect(whole).toEqual([
      `test/cluster/${minute(3)}`,
      `test/traffic/${minute(2)}`,
      `test/cluster/${minute(2)}`,
      `test/traffic/${minute(1)}`,
      `test/cluster/${minute(0)}`,
    ]);
    for (const limit of [1, 2, 3, 5]) {
      const read = async (cursor?: string) => {
        const { scans, next } = await reader.listScans({ limit, cursor });
        return { items: scans.map(({ id }) => id), next };
      };
      const told = await pages(read);
      expect(told.flat(), `${limit} at a time`).toEqual(whole);
      expect(told).toHaveLength(Math.ceil(5 / limit));
    }
  });

  test('of findings opened at the same instant hold each one once', async () => {
    await evaluate(graph, 'denied-arrivals', { since: minute(0), at: minute(2), record: true });
    await evaluate(graph, 'denied-arrivals', { since: minute(0), at: minute(3), record: true });
    const reader = readerAt(4);
    const { findings } = await reader.listFindings({ limit: 200 });
    expect(findings.map(({ openedAt }) => openedAt)).toEqual([minute(3), minute(2), minute(2), minute(2), minute(2)]);
    const read = async (cursor?: string) => {
      const page = await reader.listFindings({ limit: 2, cursor });
      return { items: page.findings, next: page.next };
    };
    expect((await pages(read)).flat()).toEqual(findings);
  });
});

test('windows that were put together are told as one entry of so many', async () => {
  await refill(graph, [scan]);
  const windows = [0, 1, 3].map((n) => ({ from: minute(n), at: minute(n + 1), readAt: minute(9), complete: n < 3 }));
  const [entry] = rollUpWindows('test', windows as never, 'day');
  await graph.write('CREATE (scan:Scan) SET scan = $entry', { entry });
  const { scans } = await readerAt(9).listScans({ source: 'traffic', limit: 10 });
  expect(scans).toMatchObject([
    { from: minute(0), at: minute(4), windows: 3, complete: false, families: [], coverage: {} },
  ]);
});

test('findings are chosen by state, check, and severity or graver', async () => {
  await refill(graph, [scan, denied(1, 'shop/a'), quiet(3), quiet(4)]);
  await evaluate(graph, 'denied-arrivals', { since: minute(0), at: minute(2), record: true });
  const reader = readerAt(4);
  const count = async (filter: object) => (await reader.listFindings({ limit: 10, ...filter })).findings.length;
  expect(await count({ state: 'open', severity: 'high', check: 'denied-arrivals' })).toBe(1);
  expect(await count({ severity: 'info' })).toBe(1);
  expect(await count({ severity: 'critical' })).toBe(0);
  expect(await count({ state: 'resolved' })).toBe(0);
  expect(await count({ check: 'first-time-caller' })).toBe(0);
  await evaluate(graph, 'denied-arrivals', { since: minute(3), at: minute(5), record: true });
  expect(await count({ state: 'open' })).toBe(0);
  expect(await count({ state: 'resolved' })).toBe(1);
});

test('checks stand as the newest evaluation left them, and are unknown once it is old', async () => {
  await refill(graph, [scan, denied(1, 'shop/a'), quiet(2)]);
  await evaluate(graph, 'denied-arrivals', { since: minute(0), at: minute(3), record: true });
  const statusAt = async (n: number, checks = {}) => {
    const { evaluations } = await readerAt(n, checks).readChecks({});
    return Object.fromEntries(evaluations[0]!.results.map(({ check, status }) => [check.id, status]));
  };
  expect(await statusAt(4)).toMatchObject({ 'denied-arrivals': 'violated', 'plaintext-between-meshed': 'unknown' });
  expect(await statusAt(30)).toMatchObject({ 'denied-arrivals': 'unknown' });
  expect(
    await statusAt(4, { 'denied-arrivals': { enabled: false, exceptions: [], parameters: {} } }),
  ).not.toHaveProperty('denied-arrivals');
});

test('an acceptance by hand is told with who, why and until when, and ends with its day', async () => {
  await refill(graph, [scan, denied(1, 'shop/a'), quiet(2)]);
  const judged = (n: number) => evaluate(graph, 'denied-arrivals', { since: minute(0), at: minute(n), record: true });
  await judged(2);
  const reader = readerAt(2);
  const [open] = (await reader.listFindings({ limit: 1 })).findings;
  const { finding } = await reader.acceptFinding({ id: open!.id, reason: 'known', until: '2026-11-23' });
  const midnight = Date.parse('2026-11-24');
  expect(finding).toMatchObject({
    state: 'accepted',
    acceptance: { by: 'ops', reason: 'known', at: minute(2), until: midnight },
  });
  const again = await readerAt(3).acceptFinding({ id: open!.id, reason: 'known', until: '2026-11-23' });
  expect(again.finding).toEqual(finding);
  await judged(3);
  expect(
    (await reader.readChecks({})).evaluations[0]!.results.find(({ check }) => check.id === 'denied-arrivals'),
  ).toMatchObject({
    status: 'clean',
    accepted: [{ reason: 'known' }],
  });
  await refill(graph, [scan, quiet(2)]);
  await expect(reader.acceptFinding({ id: open!.id, reason: 'x', until: '2026-11-25' })).rejects.toMatchObject({
    status: 404,
  });
});

test('two clusters are told apart: each with its own freshness, and one must be named where the answer is of one', async () => {
  await refill(graph, [
    scan,
    denied(1, 'shop/a'),
    ofCluster(scan, 'other'),
    ofCluster(clusterScan(minute(6), mesh), 'other'),
  ]);
  const reader = readerAt(8);
  const { freshness } = await reader.readHealth({});
  expect(freshness.map(({ cluster, newest }) => [cluster, newest])).toEqual([
    ['other', { traffic: null, cluster: minute(6), certificates: null }],
    ['test', { traffic: minute(2), cluster: minute(0), certificates: null }],
  ]);
  const coverage = await reader.readCoverage({ since: '5m' });
  expect(coverage.coverage.map(({ cluster, at, coveredMs }) => [cluster, at, coveredMs])).toEqual([
    ['other', minute(6), 0],
    ['test', minute(2), 60_000],
  ]);
  await expect(reader.readGraph({ withLinkerd: false })).rejects.toThrow('say which is meant by cluster (other, test)');
  expect((await reader.readGraph({ cluster: 'other', withLinkerd: false })).edges).toEqual([]);
});

test('trust anchors are told with their pods and workloads, and what only a hash is known of is counted', async () => {
  const pods = (name: string, props: Record<string, string | string[]>) => ({ pods: [{ name, props }] });
  const workloads = {
    'shop/web': pods('web-1', { trustAnchors: ['aa', 'bb'] }),
    'shop/books': pods('books-1', { trustAnchors: ['bb'] }),
    'shop/old': pods('old-1', { trustRootSha256: 'cc' }),
    'shop/plain': { pods: [{ name: 'plain-1', meshed: false }] },
  };
  await refill(graph, [clusterScan(minute(0), { workloads })]);
  const { anchors, hashedOnly, note } = await readerAt(1).readCertificates({});
  expect({ anchors, hashedOnly }).toEqual({
    anchors: [
      { sha256: 'aa', pods: 1, workloads: ['test/shop/Deployment/web'] },
      { sha256: 'bb', pods: 2, workloads: ['test/shop/Deployment/books', 'test/shop/Deployment/web'] },
    ],
    hashedOnly: 1,
  });
  expect(note).toContain('what is missing here is unknown');
});

test('an empty graph answers what needs no cluster, and says what to do where one is meant', async () => {
  await refill(graph, []);
  const reader = readerAt(1);
  expect(await reader.listFindings({ limit: 10 })).toEqual({ findings: [], total: 0, next: null, freshness: [] });
  await expect(reader.listScans({ limit: 10 })).rejects.toThrow('the graph is empty: scan a cluster first');
});
