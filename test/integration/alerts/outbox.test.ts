import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../../shared/domain/alerts/alert.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { acceptFinding } from '../../../shared/graph/findings/change-by-hand.ts';
import { writeFindings } from '../../../shared/graph/findings.ts';
import { graphQueueing } from '../../../shared/graph/outbox/graph-queueing.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { CLUSTER, clusterScan, mesh, minute, start } from '../checks/small-mesh.ts';
import { canonicalLines, emptyAll } from '../graph/structure-graph.ts';
import { evaluationAt, findingOf, looksAt, toldBy } from './recorded-findings.ts';

const owned = clusterScan(start, {
  ...mesh,
  more: {
    entities: [
      { label: 'Owner', family: 'entity-model', key: `${CLUSTER}/Owner/team-shop`, props: { name: 'team-shop' } },
    ],
    relations: [
      {
        type: 'OWNED_BY',
        family: 'entity-model',
        from: { label: 'Namespace', key: `${CLUSTER}/Namespace/shop` },
        to: { label: 'Owner', key: `${CLUSTER}/Owner/team-shop` },
        props: {},
      },
    ],
  },
});

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());
beforeEach(() => refill(graph, [owned]));

const documents = async (): Promise<Alert[]> => {
  const rows = await graph.read<{ document: string }>(
    'MATCH (alert:Alert) RETURN alert.document AS document ORDER BY alert.at',
  );
  return rows.map(({ document }) => JSON.parse(document));
};

test('each change of a finding is told once, however often it is evaluated', async () => {
  const found = await findingOf('scanner');
  const rounds = [[found], [found], [], [], [found], [{ ...found, severity: 'critical' as const }]];
  for (const [n, open] of rounds.entries()) {
    await writeFindings(graph, evaluationAt(n, open));
    await writeFindings(graph, evaluationAt(n, open));
  }
  expect((await documents()).map(({ change, at }) => [change, at])).toEqual([
    ['opened', minute(0)],
    ['resolved', minute(2)],
    ['reopened', minute(4)],
    ['escalated', minute(5)],
  ]);
});

test('an alert names where the entity lives and whose it is, also when it is over', async () => {
  await writeFindings(graph, evaluationAt(0, [await findingOf('scanner')]));
  await writeFindings(graph, evaluationAt(1, []));
  for (const alert of await documents()) expect(alert).toMatchObject({ namespaces: ['shop'], owners: ['team-shop'] });
});

test('what was found by a look at the past, or could not be judged, is not told', async () => {
  await writeFindings(graph, evaluationAt(5, [await findingOf('scanner')]));
  expect(await writeFindings(graph, evaluationAt(4, []))).toBe(false);
  await writeFindings(graph, evaluationAt(6, [], { looks: [] }));
  expect(await toldBy(graph)).toEqual(['opened: scanner was denied']);
});

test('evaluations at the same time neither double nor lose a change', async () => {
  const found = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => findingOf(name)));
  await Promise.all(found.map(() => writeFindings(graph, evaluationAt(1, found))));
  await Promise.all([2, 3, 4].map((n) => writeFindings(graph, evaluationAt(n, found.slice(0, 3)))));
  const told = await toldBy(graph);
  expect(told.filter((line) => line.startsWith('opened')).sort()).toEqual(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `opened: ${name} was denied`),
  );
  expect(told.filter((line) => line.startsWith('resolved')).sort()).toEqual(
    ['d', 'e', 'f'].map((name) => `resolved: ${name} was denied`),
  );
});

test('however evaluations are repeated, shuffled and overlapped, what is told of a finding ends as it is', async () => {
  const found = await Promise.all(['a', 'b', 'c'].map((name) => findingOf(name)));
  const minutes = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 4, maxLength: 10 });
  const evaluations = minutes.chain((all) =>
    fc.tuple(...all.map((n) => fc.subarray(found).map((open) => evaluationAt(n, open)))),
  );
  const deliveries = evaluations.chain((all) => fc.shuffledSubarray([...all, ...all], { minLength: all.length }));
  await fc.assert(
    fc.asyncProperty(deliveries, async (all) => {
      await refill(graph, [owned]);
      while (all.length > 0) await Promise.all(all.splice(0, 3).map((one) => writeFindings(graph, one)));
      const told = Map.groupBy(await documents(), ({ finding }) => finding);
      const states = await graph.read<{ key: string; state: string }>(
        'MATCH (f:Finding) RETURN f.key AS key, f.state AS state',
      );
      for (const { key, state } of states) {
        const changes = told.get(key)?.map(({ change }) => change) ?? [];
        expect(changes.join(' ')).toMatch(/^opened( resolved reopened)*( resolved)?$/);
        expect(changes.at(-1) === 'resolved').toBe(state === 'resolved');
      }
    }),
    { numRuns: 8 },
  );
});

test('the first evaluation is one of a check: what could not be judged before comes new to its readers', async () => {
  const other = await findingOf('late', { check: 'first-time-caller', key: `${CLUSTER}/Finding/late` });
  await writeFindings(graph, evaluationAt(1, [await findingOf('a')]));
  await writeFindings(graph, evaluationAt(2, [await findingOf('a'), await findingOf('b')]));
  const looks = looksAt('denied-arrivals', 'first-time-caller');
  await writeFindings(graph, evaluationAt(3, [await findingOf('a'), await findingOf('b'), other], { looks }));
  const rows = await graph.read('MATCH (a:Alert) RETURN a.at AS at, a.first AS first ORDER BY at');
  expect(rows).toEqual([
    { at: minute(1), first: true },
    { at: minute(2), first: false },
    { at: minute(3), first: true },
  ]);
});

test('a transaction that fails leaves neither finding nor alert behind', async () => {
  const found = await findingOf('scanner');
  const broken: Graph = {
    ...graph,
    transaction: (work) =>
      graph.transaction(async (transaction) => {
        await work(transaction);
        throw new Error('the connection broke before the commit');
      }),
  };
  await expect(writeFindings(broken, evaluationAt(1, [found]))).rejects.toThrow('the connection broke');
  expect(await graph.read('MATCH (n:Finding|Alert) RETURN n.key AS key')).toEqual([]);
  await writeFindings(graph, evaluationAt(1, [found]));
  expect(await toldBy(graph)).toEqual(['opened: scanner was denied']);
});

test('an acceptance by hand is told once, outlasts evaluations, and ends on its day', async () => {
  const found = await findingOf('scanner');
  await writeFindings(graph, evaluationAt(1, [found]));
  const acceptance = {
    cluster: CLUSTER,
    key: found.key,
    reason: 'pen test',
    by: 'eve',
    at: minute(2),
    until: minute(9),
  };
  await acceptFinding(graph, acceptance);
  await acceptFinding(graph, { ...acceptance, at: minute(3), by: 'mallory' });
  await writeFindings(graph, evaluationAt(4, [found]));
  const states = () => graph.read('MATCH (f:Finding) RETURN f.state AS state, f.acceptedBy AS by, f.acceptedAt AS at');
  expect(await states()).toEqual([{ state: 'accepted', by: 'eve', at: minute(2) }]);
  await writeFindings(graph, evaluationAt(9, [found]));
  expect((await documents()).map(({ change }) => change)).toEqual(['opened', 'accepted', 'reopened']);
});

test('what is resolved cannot be accepted, and what is unknown is said to be', async () => {
  const { key } = await findingOf('scanner');
  const acceptance = { cluster: CLUSTER, key, reason: 'x', by: 'eve', at: minute(3), until: minute(9) };
  await expect(acceptFinding(graph, acceptance)).rejects.toThrow(/has no finding/);
  await writeFindings(graph, evaluationAt(1, [await findingOf('scanner')]));
  await writeFindings(graph, evaluationAt(2, []));
  await expect(acceptFinding(graph, acceptance)).rejects.toThrow(/resolved/);
});

test('a replay of observations sends nothing again and loses nothing that waits', async () => {
  await writeFindings(graph, evaluationAt(1, [await findingOf('scanner')]));
  const before = await toldBy(graph);
  const lines = await canonicalLines(graph);
  expect(lines.join('\n')).not.toMatch(/"node":"(Alert|Evaluation|Finding)"/);
  await emptyAll(graph);
  expect(await toldBy(graph)).toEqual(before);
  await writeFindings(graph, evaluationAt(2, [await findingOf('scanner')]));
  expect(await toldBy(graph)).toEqual(before);
});

test('what was not asked for is, what was asked for long ago is again, what was asked for just now is not', async () => {
  const HOUR = 3_600_000;
  const { readWaiting, markQueued } = graphQueueing(graph);
  await writeFindings(graph, evaluationAt(1, [await findingOf('a')]));
  await writeFindings(graph, evaluationAt(2, [await findingOf('a'), await findingOf('b')]));
  expect(await readWaiting(CLUSTER, minute(3) - HOUR)).toEqual([minute(1), minute(2)]);
  await markQueued(CLUSTER, [minute(1)], minute(3));
  expect(await readWaiting(CLUSTER, minute(4) - HOUR)).toEqual([minute(2)]);
  expect(await readWaiting(CLUSTER, minute(3))).toEqual([minute(1), minute(2)]);
});
