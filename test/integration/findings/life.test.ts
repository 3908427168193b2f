import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Finding, FindingsRecord, Look } from '../../../shared/checks/finding.ts';
import type { Alert } from '../../../shared/domain/alerts/alert.ts';
import type { Life, LifeEvent } from '../../../shared/domain/findings/life.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { acceptFinding, reopenFinding } from '../../../shared/graph/findings/change-by-hand.ts';
import { toLife, toProperties } from '../../../shared/graph/findings/life-properties.ts';
import { writeFindings } from '../../../shared/graph/findings.ts';
import { freshGraph } from '../../neo4j.ts';
import { found, hour, missed, RULE, resolvedLife, unjudged } from '../../unit/findings/example.ts';
import { excepted, late, TABLE } from '../../unit/findings/life-table.ts';
import { findingOf } from '../alerts/recorded-findings.ts';
import { refill } from '../checks/build-graph.ts';
import { CLUSTER, scan } from '../checks/small-mesh.ts';

let graph: Graph;
let finding: Finding;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  finding = await findingOf('scanner');
  await refill(graph, [scan]);
});
afterAll(() => graph?.close());
beforeEach(() => graph.write('MATCH (n:Finding|Alert|Evaluation) DETACH DELETE n'));

const OTHER: Look = { check: 'another', judged: 'whole', parameters: [] };

/** What an evaluation would record that brings this about. */
function recordOf(event: Extract<LifeEvent, { kind: 'found' | 'missed' | 'unjudged' }>): FindingsRecord {
  const looked =
    event.kind === 'unjudged' ? ({ judged: 'none', parameters: [] } as const) : { ...event, judged: 'whole' as const };
  const { judged, parameters } = looked;
  const look: Look = {
    check: finding.check,
    judged,
    parameters,
    ...('traffic' in looked && { traffic: looked.traffic }),
  };
  const seen = event.kind === 'found' ? { ...finding, severity: event.severity } : undefined;
  const exception = event.kind === 'found' ? event.exception : null;
  return {
    cluster: CLUSTER,
    at: event.at,
    looks: [look, OTHER],
    open: seen && exception === null ? [seen] : [],
    accepted: seen && exception ? [{ finding: seen, ...exception }] : [],
    telling: { flapping: RULE, learning: 0 },
  };
}

function bring(event: LifeEvent): Promise<unknown> {
  const named = { cluster: CLUSTER, key: finding.key };
  if (event.kind === 'accepted') return acceptFinding(graph, { ...event, ...named });
  if (event.kind === 'withdrawn') return reopenFinding(graph, { ...event, ...named });
  return writeFindings(graph, recordOf(event));
}

async function seed(life: Life | undefined): Promise<void> {
  if (life === undefined) return;
  const { key, fingerprint, check, message } = finding;
  await graph.write('CREATE (finding:Finding {key: $key}) SET finding += $properties', {
    key,
    properties: {
      cluster: CLUSTER,
      name: fingerprint,
      check,
      message,
      row: '{}',
      firstSeen: hour(0),
      ...toProperties(life),
    },
  });
}

async function lifeNow(): Promise<Life | undefined> {
  const [row] = await graph.read<{ life: Parameters<typeof toLife>[0] }>(
    'MATCH (f:Finding) RETURN properties(f) AS life',
  );
  return row && toLife(row.life);
}

async function told(): Promise<Alert[]> {
  const rows = await graph.read<{ document: string }>(
    'MATCH (alert:Alert) RETURN alert.document AS document ORDER BY alert.at',
  );
  return rows.map(({ document }) => JSON.parse(document));
}

describe('the state table holds on a graph, and what happens twice happened once', () => {
  test.each(TABLE)('%s', async (_, before, event, state, change) => {
    await seed(before);
    await bring(event);
    const after = await lifeNow();
    expect(after?.state).toBe(state);
    expect((await told()).map((alert) => alert.change)).toEqual(change === undefined ? [] : [change]);
    await bring(event);
    expect(await lifeNow()).toEqual(after);
    expect(await told()).toHaveLength(change === undefined ? 0 : 1);
  });
});

test('what does not fit the state of a finding is refused in words, and changes nothing', async () => {
  await seed(excepted(hour(90)));
  const named = { cluster: CLUSTER, key: finding.key, reason: 'x', by: 'eve', at: hour(2) };
  const before = await lifeNow();
  await expect(reopenFinding(graph, named)).rejects.toThrow(/is accepted until .* by an exception in meshgraph.yaml/);
  await expect(reopenFinding(graph, { ...named, key: 'x' })).rejects.toMatchObject({ status: 404 });
  await writeFindings(graph, recordOf({ kind: 'missed', at: hour(60), parameters: [] }));
  await expect(reopenFinding(graph, named)).rejects.toThrow(/is resolved: it opens by itself/);
  await expect(acceptFinding(graph, { ...named, until: late })).rejects.toThrow(
    /is resolved: there is nothing to accept/,
  );
  expect((await lifeNow())?.history).toHaveLength((before?.history.length ?? 0) + 1);
});

test('failed scans between, evaluations out of order and a clock that ran ahead leave a life as it would be without', async () => {
  const there = (n: number) => recordOf(found(n));
  const gone = (n: number) => recordOf(missed(n));
  const blind = (n: number) => recordOf(unjudged(n));
  await writeFindings(graph, there(1));
  await writeFindings(graph, blind(2));
  // Nothing at all could be judged then: it must not make the evaluations of today look old.
  await writeFindings(graph, { ...blind(9_000), looks: [{ check: finding.check, judged: 'none', parameters: [] }] });
  await writeFindings(graph, gone(40));
  expect(await writeFindings(graph, there(30))).toBe(false);
  await writeFindings(graph, there(50));
  expect((await lifeNow())?.history.map(({ state, at }) => [state, at])).toEqual([
    ['open', hour(1)],
    ['resolved', hour(40)],
    ['open', hour(50)],
  ]);
  expect((await told()).map(({ change }) => change)).toEqual(['opened', 'resolved', 'reopened']);
});

test('an acceptance that ends while its check cannot be judged is told once, with why', async () => {
  await writeFindings(graph, recordOf(found(1)));
  const named = { cluster: CLUSTER, key: finding.key };
  await acceptFinding(graph, { ...named, reason: 'pen test', by: 'eve', at: hour(2), until: hour(10) });
  for (const n of [9, 10, 11]) await writeFindings(graph, recordOf(unjudged(n)));
  expect((await told()).map(({ change, at, note }) => [change, at, note])).toEqual([
    ['opened', hour(1), undefined],
    ['accepted', hour(2), 'accepted by eve until 2026-11-23T10:00:00Z: pen test'],
    ['reopened', hour(10), 'the acceptance by eve ended 2026-11-23T10:00:00Z'],
  ]);
});

test('one that flaps is told once as that, also across evaluations that saw it by turns', async () => {
  const steps = [0, 1, 2, 3, 4, 5, 6].map((n) =>
    n % 2 === 0 ? found(n, { traffic: undefined }) : missed(n, 0, { traffic: undefined }),
  );
  for (const event of steps) await bring(event);
  expect((await told()).map(({ change, flapping }) => [change, flapping?.times])).toEqual([
    ['opened', undefined],
    ['resolved', undefined],
    ['reopened', undefined],
    ['resolved', undefined],
    ['reopened', 3],
  ]);
  await writeFindings(graph, recordOf(missed(7, 0, { traffic: undefined })));
  const calm = hour(7) + RULE.within;
  await writeFindings(graph, { ...recordOf({ kind: 'missed', at: calm, parameters: [] }) });
  expect((await told()).at(-1)).toMatchObject({
    change: 'resolved',
    note: 'it no longer flaps: gone since 2026-11-23T07:00:00Z',
  });
  expect((await lifeNow())?.flappingSince).toBeNull();
});

test('the history of a finding is bounded, and keeps its beginning', async () => {
  const history = Array.from({ length: 100 }, (_, n) => ({
    state: n % 2 === 0 ? ('open' as const) : ('resolved' as const),
    at: hour(n),
  }));
  await seed({ ...resolvedLife(), history });
  await writeFindings(graph, recordOf(found(200)));
  const kept = (await lifeNow())?.history ?? [];
  expect([kept.length, kept[0]?.at, kept.at(-1)?.at]).toEqual([100, hour(0), hour(200)]);
});

describe('very many findings', () => {
  const MANY = 2_300;
  const many = async (count: number): Promise<Finding[]> =>
    Promise.all(Array.from({ length: count }, (_, n) => findingOf(`caller-${n}`)));
  const record = (at: number, open: readonly Finding[]): FindingsRecord => ({ ...recordOf(found(at)), open });
  const countOf = async (label: string, where = '') =>
    (await graph.read<{ n: number }>(`MATCH (n:${label}) ${where} RETURN count(n) AS n`))[0]?.n;

  test('go in several transactions, as news of one evaluation', async () => {
    await writeFindings(graph, record(1, await many(MANY)));
    expect(await countOf('Finding')).toBe(MANY);
    expect(await countOf('Alert', 'WHERE n.first')).toBe(MANY);
  });

  test('are finished by the same evaluation again where it broke off, and told once', async () => {
    const all = await many(MANY);
    let commits = 0;
    const breaking: Graph = {
      ...graph,
      transaction: (work) =>
        ++commits > 1 ? Promise.reject(new Error('the connection broke')) : graph.transaction(work),
    };
    await expect(writeFindings(breaking, record(2, all))).rejects.toThrow('the connection broke');
    expect(await countOf('Finding')).toBe(1_000);
    // One older than what began is outdated, though that is not wholly written yet.
    expect(await writeFindings(graph, record(1, all))).toBe(false);
    expect(await writeFindings(graph, record(2, all))).toBe(true);
    expect([await countOf('Finding'), await countOf('Alert'), await countOf('Alert', 'WHERE n.first')]).toEqual([
      MANY,
      MANY,
      MANY,
    ]);
  });

  test('stop where a later evaluation came between', async () => {
    const all = await many(MANY);
    let commits = 0;
    const overtaken: Graph = {
      ...graph,
      transaction: async (work) => {
        if (++commits === 2) await writeFindings(graph, record(5, []));
        return graph.transaction(work);
      },
    };
    expect(await writeFindings(overtaken, record(4, all))).toBe(false);
    expect(await countOf('Finding', "WHERE n.state <> 'resolved'")).toBe(0);
  });
});
