import neo4j, { type Driver, type ProfiledPlan } from 'neo4j-driver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import knownFamilies from '../../../shared/graph/knowledge/families.cypher';
import knownTraffic from '../../../shared/graph/knowledge/traffic.cypher';
import coveringScans from '../../../shared/graph/ledger/covering-scans.cypher';
import newestScans from '../../../shared/graph/ledger/newest-scans.cypher';
import trafficWindows from '../../../shared/graph/ledger/traffic-windows.cypher';
import windowState from '../../../shared/graph/traffic/window-state.cypher';
import { freshGraph } from '../../neo4j.ts';

const WINDOWS = 5_000;
const SCANS = 100;
let driver: Driver;

beforeAll(async () => {
  const access = await freshGraph();
  const graph = openGraph(access);
  await ensureSchema(graph);
  await graph.write(
    `UNWIND range(1, $count) AS i
     CREATE (:Scan {key: 'c/traffic/' + i, cluster: 'c', source: 'traffic', from: i * 1000, at: i * 1000 + 1000,
                    readAt: i, families: [], complete: true, digest: 'd'})`,
    { count: WINDOWS },
  );
  await graph.write(
    `UNWIND range(1, $count) AS i
     CREATE (:Scan {key: 'c/cluster/' + i, cluster: 'c', source: 'cluster', at: i * 1000, readAt: i,
                    families: ['pods', 'services'], familyDigests: ['d', 'd'], complete: true, digest: 'd'})`,
    { count: SCANS },
  );
  // Neo4j samples its indexes in its own time; until then it plans as if they were empty.
  await graph.write('CALL db.prepareForReplanning(60)', {});
  await graph.close();
  driver = neo4j.driver(access.uri, neo4j.auth.basic(access.username, access.password));
});
afterAll(() => driver.close());

/** What the server touched to answer, in its own unit. */
async function hits(query: string, parameters: Record<string, unknown>): Promise<number> {
  const { summary } = await driver.executeQuery(`PROFILE ${query}`, { cluster: 'c', ...parameters });
  const sum = ({ dbHits, children }: ProfiledPlan): number => children.reduce((all, one) => all + sum(one), dbHits);
  return sum(summary.profile as ProfiledPlan);
}

test('what a window asks of the ledger does not grow with it', async () => {
  expect(await hits(windowState, { from: neo4j.int(1000) })).toBeLessThan(50);
});

test('what planning asks of the ledger grows with what may still be read, not with all that was', async () => {
  expect(await hits(trafficWindows, { after: neo4j.int((WINDOWS - 5) * 1000) })).toBeLessThan(100);
});

test('what a scan asks of the ledger does not grow with it, nor with the traffic it holds', async () => {
  const page = { source: 'cluster', skip: neo4j.int(0), limit: neo4j.int(20) };
  expect(await hits(newestScans, page)).toBeLessThan(200);
});

test('what a late scan asks of the ledger grows with the scans of its source, not with traffic nor with its families', async () => {
  const one = await hits(coveringScans, { families: ['pods'] });
  expect(one).toBeLessThan(10 * SCANS);
  expect(await hits(coveringScans, { families: ['pods', 'services'] })).toBe(one);
});

test('what a question asks of the ledger grows with the period asked of and the scans of objects, not with all traffic', async () => {
  const at = neo4j.int(WINDOWS * 1000);
  const since = neo4j.int((WINDOWS - 10) * 1000);
  expect(await hits(knownTraffic, { at, since })).toBeLessThan(500);
  expect(await hits(knownFamilies, { at, families: ['pods'] })).toBeLessThan(10 * SCANS);
});
