import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalGraph } from '../../../shared/graph/canonical/canonical-graph.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { hashLines } from '../../hash-lines.ts';
import { freshGraph } from '../../neo4j.ts';
import { canonicalLines, deliver, empty } from './structure-graph.ts';
import { partOf, pod, scanOf, workload } from './structure-observation.ts';
import { aCall, observe } from './traffic-observation.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
beforeEach(() => empty(graph));
afterAll(() => graph?.close());

const web = workload('web', { replicas: 1 });
const scans = [
  scanOf(100, [web, pod('a'), partOf(pod('a'), web)]),
  scanOf(200, [workload('web', { replicas: 2 }), pod('a'), partOf(pod('a'), web)]),
  observe({ from: 300_000, calls: [aCall()] }),
];
const deliverAll = async (all: typeof scans) => {
  for (const one of all) await deliver(graph, one);
};
const hash = () => hashLines(canonicalGraph(graph));

describe('the canonical export', () => {
  it('is JSON, a line a node, relationship and traffic series, without leases', async () => {
    await deliverAll(scans);
    const lines = (await canonicalLines(graph)).map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        relation: 'PART_OF',
        from: ['Pod', 'prod/shop/Pod/a'],
        to: ['Workload', web.key],
        validFrom: 100,
      }),
    );
    expect(lines.filter(({ node }) => node === 'Change')).toHaveLength(1);
    expect(lines.filter(({ node }) => node === 'Scan')).toHaveLength(3);
    expect(lines.filter(({ type }) => type === 'CALLED')).toHaveLength(1);
    expect(lines.filter(({ node }) => node === 'Lease')).toEqual([]);
  });

  it('has the same hash for the same observations in another order, with other ids inside', async () => {
    await deliverAll(scans);
    const expected = await hash();
    await empty(graph);
    await graph.write('UNWIND range(1, 50) AS i CREATE (:Pod {key: "x/" + i})-[:PART_OF]->(:Workload {key: "x/" + i})');
    await empty(graph);
    await deliverAll(scans.toReversed());
    expect(await hash()).toBe(expected);
  });

  it.each([
    ['a property', 'MATCH (n:Workload {name: "web"}) SET n.replicas = 3'],
    ['an instant', 'MATCH ()-[r:PART_OF]->() SET r.validFrom = 101'],
    ['a relationship', 'MATCH (p:Pod), (w:Workload {name: "web"}) CREATE (p)-[:PART_OF]->(w)'],
    [
      'the end of a relationship',
      'MATCH (p:Pod)-[r:PART_OF]->() WITH p, r, properties(r) AS old MATCH (w:Workload) WHERE w.name <> "web" CREATE (p)-[n:PART_OF]->(w) SET n = old DELETE r',
    ],
    ['a change', 'MATCH (c:Change) DETACH DELETE c'],
    ['a count of one window', 'MATCH ()-[r:CALLED]->() SET r.wRequests = [n IN r.wRequests | n + 1]'],
    ['an entry in the ledger', 'MATCH (s:Scan {at: 100}) DELETE s'],
  ])('has another hash when %s differs', async (_what, statement) => {
    await deliverAll(scans);
    const before = await hash();
    await graph.write(statement);
    expect(await hash()).not.toBe(before);
  });

  it('of one cluster tells nothing of another', async () => {
    await deliverAll(scans);
    await deliver(graph, { ...scanOf(100, []), cluster: 'staging', id: 'staging/cluster/100' });
    const lines: string[] = [];
    for await (const line of canonicalGraph(graph, { cluster: 'staging' })) lines.push(line);
    expect(lines.map((line) => JSON.parse(line).key)).toEqual(['staging/cluster/100']);
  });
});
