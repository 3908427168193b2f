import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { freshGraph } from '../../neo4j.ts';
import { compact, day, deliverAll, history, NOW, RETENTION } from './compaction-graph.ts';
import { canonicalLines } from './structure-graph.ts';
import { partOf, pod, scanOf, workload } from './structure-observation.ts';
import { count } from './traffic-graph.ts';

const FORGOTTEN = day('07-31');
const OLD = scanOf(day('07-25'), [pod('batch-1'), partOf(pod('batch-1'), workload('batch')), workload('batch')], {
  id: 'prod/cluster/other',
  families: ['extra', 'pods', 'workloads'],
});

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
  await deliverAll(graph, [...history(), OLD]);
  await graph.write(
    `
    UNWIND [['old', 'resolved', $before], ['young', 'resolved', $after], ['open', 'open', null]] AS row
    MATCH (pod:Pod {key: 'prod/shop/Pod/batch-1'})
    CREATE (finding:Finding {key: 'prod/' + row[0], cluster: 'prod', name: row[0], state: row[1], resolvedAt: row[2]})
    CREATE (finding)-[:ABOUT {id: row[0]}]->(pod)
    CREATE (:Alert {key: row[0] + '/told', cluster: 'prod', finding: finding.key, at: $before})
    CREATE (:Alert {key: row[0] + '/waiting', cluster: 'prod', finding: finding.key, at: $before, pendingIn: 'prod'})`,
    { before: FORGOTTEN - 1, after: FORGOTTEN },
  );
  await compact(graph);
});
afterAll(() => graph?.close());

const names = async (query: string): Promise<unknown[]> =>
  (await graph.read<{ name: unknown }>(query)).map(({ name }) => name);

describe('compaction forgets', () => {
  it('what ended long ago, and keeps what lives and what ended since', async () => {
    expect(
      await count(graph, `(n {cluster: 'prod'}) WHERE n.validTo <= ${FORGOTTEN} AND NOT n.key ENDS WITH '/batch-1'`),
    ).toBe(0);
    expect(await count(graph, `()-[r]->() WHERE r.validTo <= ${FORGOTTEN}`)).toBe(0);
    expect(await count(graph, `(c:Change) WHERE c.at <= ${FORGOTTEN}`)).toBe(0);
    expect(
      await names('MATCH (p:Pod)-[:PART_OF]->(:Workload) WHERE p.validTo IS NULL RETURN p.name AS name ORDER BY name'),
    ).toEqual(['web-6', 'web-7-b']);
    expect(await count(graph, '(c:Change)')).toBeGreaterThan(0);
    expect(await count(graph, `(p:Pod) WHERE p.validTo > ${FORGOTTEN}`)).toBeGreaterThan(2);
  });

  it('no node that something kept is about: the ends of kept traffic, and what a finding names', async () => {
    expect(await names("MATCH (w:Workload {name: 'stock'}) RETURN w.validFrom AS name")).toEqual([null]);
    expect(await names("MATCH (p:Pod {name: 'batch-1'}) RETURN p.validTo < " + FORGOTTEN + ' AS name')).toEqual([true]);
    expect(await count(graph, "(w:Workload {name: 'batch'})")).toBe(0);
  });

  it('findings resolved long ago with the alerts that were told; never an alert that still waits', async () => {
    expect(await names('MATCH (f:Finding) RETURN f.name AS name ORDER BY name')).toEqual(['open', 'young']);
    expect(await names('MATCH (a:Alert) RETURN a.key AS name ORDER BY name')).toEqual([
      'old/waiting',
      'open/told',
      'open/waiting',
      'young/told',
      'young/waiting',
    ]);
  });

  it('scans, but of each family the newest before: what comes late finds its place', async () => {
    const kept = await names(
      `MATCH (s:Scan {source: 'cluster'}) WHERE s.at < ${FORGOTTEN} RETURN s.key AS name ORDER BY s.at`,
    );
    expect(kept).toEqual(['prod/cluster/other', expect.stringMatching(/^prod\/cluster\/\d+$/)]);
  });

  it('no traffic window without keeping by the hour, then by the day, what the ledger knew', async () => {
    const rows = await graph.read<{ grain: string; windows: number; covered: number }>(`
      MATCH (s:Scan {source: 'traffic'}) RETURN split(s.key, '/')[2] AS grain, sum(coalesce(s.windows, 1)) AS windows,
        sum(coalesce(s.coveredMs, s.at - s.from)) AS covered ORDER BY grain`);
    // Nine days before 08-02, two before 08-04, two and the morning of the last day since; two windows a day.
    expect(rows.filter(({ grain }) => /day|hour/.test(grain))).toEqual([
      { grain: 'day', windows: 18, covered: 18 * 300_000 },
      { grain: 'hour', windows: 4, covered: 4 * 300_000 },
    ]);
    expect(rows.reduce((sum, { windows }) => sum + windows, 0)).toBe(18 + 4 + 6);
  });

  it('nothing live even where the budget is far too small, and says that it cannot be kept', async () => {
    const live = () =>
      names('MATCH (n) WHERE n.validFrom IS NOT NULL AND n.validTo IS NULL RETURN n.key AS name ORDER BY name');
    const today = () => count(graph, `()-[c:CALLED]->() WHERE c.lastAt > ${NOW - 86_400_000}`);
    const [liveBefore, todayBefore] = [await live(), await today()];
    const { budget, finished } = await compact(graph, { ...RETENTION, budget: { nodes: 10, relationships: 10 } });
    expect(finished).toBe(true);
    expect(budget).toMatchObject({
      fits: false,
      tightened: { windows: 86_400_000, days: 86_400_000, months: 86_400_000 },
    });
    expect(budget?.used).toBeGreaterThan(100);
    expect([await live(), await today()]).toEqual([liveBefore, todayBefore]);
    expect(await count(graph, `()-[c:CALLED]->() WHERE c.lastAt < ${day('08-01')}`)).toBe(0);
  });

  it('no more than the budget asks for, the oldest first', async () => {
    await graph.write('MATCH (n) DETACH DELETE n');
    await deliverAll(graph, history());
    const { size } = await compact(graph);
    const lines = await canonicalLines(graph);
    const budget = { nodes: size.nodes, relationships: Math.ceil(size.relationships / 0.95) };
    const tight = await compact(graph, { ...RETENTION, budget });
    expect(tight.budget?.fits).toBe(true);
    expect(tight.budget?.used).toBeLessThanOrEqual(90);
    const left = await canonicalLines(graph);
    expect(left.length).toBeLessThan(lines.length);
    const again = await compact(graph, { ...RETENTION, budget });
    expect(again.budget?.tightened).toBeUndefined();
    expect(await canonicalLines(graph)).toEqual(left);
  });
});
