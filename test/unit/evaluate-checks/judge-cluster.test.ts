import { describe, expect, test } from 'vitest';
import { type JudgeClusterDeps, judgeCluster } from '../../../functions/evaluate-checks/judge-cluster.ts';
import { requestEvaluations } from '../../../functions/evaluate-checks/request-evaluations.ts';
import { configuredChecks } from '../../../shared/checks/configured-checks.ts';
import { parseOwnCheck } from '../../../shared/checks/own-checks/parse-own-check.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import type { AlertRequest } from '../../../shared/domain/messages/alert-request.ts';
import { EVALUATION_REQUEST_SCHEMA } from '../../../shared/domain/messages/evaluation-request.ts';

const at = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;
const configurationOf = (text = '{}') => parseConfiguration(text, 'meshgraph.yaml', CHECKS);
const request = { schema: EVALUATION_REQUEST_SCHEMA, cluster: 'prod', at } as const;

/** When every source was last read: too long ago for sources that are read every five minutes. */
const read = at - 20 * 60_000;

const counts = (query: string): boolean => CHECKS.some(({ population }) => population?.query === query);

/** A graph in which an evaluation leaves one alert waiting; `waiting` are those that wait already. */
function outside(waiting: number[] = [], more: Partial<JudgeClusterDeps> = {}) {
  const asked: AlertRequest[] = [];
  const queued: number[][] = [];
  const logged: object[] = [];
  const deps: JudgeClusterDeps = {
    readKnowledge: async () => ({
      traffic: { at: read, complete: true },
      watchedSince: 0,
      trafficCoveredMs: HOUR,
      partialWindows: 0,
      families: Object.fromEntries(CHECKS.flatMap(({ needs }) => needs.families.map((family) => [family, read]))),
    }),
    readRows: async (query) => (counts(query) ? [{ count: 0 }] : []),
    writeFindings: async (record) => waiting.push(record.at) > 0,
    readWaiting: async () => [...waiting],
    requestAlerts: async (requests) => void asked.push(...requests),
    markQueued: async (_, evaluations) => void queued.push([...evaluations]),
    configuration: configurationOf(),
    now: () => at,
    ...more,
  };
  const log = { info: (_: string, fields: object) => void logged.push(fields) };
  return { asked, queued, logged, run: () => judgeCluster(deps, request, { log }) };
}

describe('an evaluation', () => {
  test('asks for its alerts and for those an earlier run left behind, then notes that it did', async () => {
    const { asked, queued, run } = outside([at - HOUR]);
    await run();
    expect(asked.map((one) => one.at)).toEqual([at - HOUR, at]);
    expect(queued).toEqual([[at - HOUR, at]]);
  });

  test('notes nothing when asking failed, so that the next run asks again', async () => {
    const { queued, run } = outside([], { requestAlerts: () => Promise.reject(new Error('throttled')) });
    await expect(run()).rejects.toThrow('throttled');
    expect(queued).toEqual([]);
  });

  test('asks for nothing where nothing waits', async () => {
    const { asked, queued, run } = outside([], { writeFindings: async () => true });
    await run();
    expect([asked, queued]).toEqual([[], []]);
  });

  test('tells in the log how the checks ended, and none of what they found', async () => {
    const { logged, run } = outside();
    await run();
    expect(logged).toEqual([{ recorded: true, clean: 0, violated: 0, unknown: CHECKS.length, findings: 0, took: [] }]);
  });

  test('judges sources that are read seldom on scans as old as that', async () => {
    const configuration = configurationOf('scan: {period: 30m, clusterPeriod: 30m}');
    const { logged, run } = outside([], { configuration });
    await run();
    expect(logged).toMatchObject([{ clean: CHECKS.length, unknown: 0 }]);
  });

  test('tells in the log how long each check took', async () => {
    let time = at;
    const configuration = configurationOf('scan: {period: 30m}');
    const readRows = async (query: string) => {
      time += counts(query) ? 50 : 250;
      return counts(query) ? [{ count: 0 }] : [];
    };
    const { logged, run } = outside([], { configuration, now: () => time, readRows });
    await run();
    expect(logged).toMatchObject([
      { took: expect.arrayContaining(['denied-arrivals 250 ms', 'denied-arrivals population 50 ms']) },
    ]);
  });
});

test('checks of the user’s own are judged beside the others', async () => {
  const texts = {
    id: 'no-legacy',
    folder: 'own/no-legacy',
    yaml: 'title: a\nseverity: low\nrationale: b\nremedy: c\nmessage: "{n}"\nfingerprint: [n]\nneeds: {families: [pods]}\n',
    query: 'RETURN 1 AS n',
  };
  const { logged, run } = outside([], {
    configuration: configurationOf('scan: {period: 30m}'),
    ownChecks: [parseOwnCheck(texts, { ids: [], noun: 'check' })],
    readRows: async (query) => (query === texts.query ? [{ n: 1 }] : counts(query) ? [{ count: 0 }] : []),
  });
  await run();
  expect(logged).toMatchObject([{ clean: CHECKS.length, violated: 1, findings: 1 }]);
});

test('checks are run as the configuration sets them', () => {
  const { checks } = configurationOf(
    'checks: {denied-arrivals: {enabled: false}, first-time-caller: {severity: low, parameters: {learning: 14d}}}',
  );
  const chosen = configuredChecks(checks);
  expect(chosen).toHaveLength(CHECKS.length - 1);
  expect(chosen.find(({ check }) => check.id === 'first-time-caller')).toMatchObject({
    severity: 'low',
    parameters: { learning: 14 * 24 * HOUR },
  });
});

test('the schedule asks for every cluster as of now', async () => {
  const asked: object[] = [];
  await requestEvaluations({
    configuration: configurationOf('clusters: [{name: prod}, {name: staging}]'),
    requestEvaluations: async (requests) => void asked.push(...requests),
    now: () => at,
  });
  expect(asked).toEqual([request, { ...request, cluster: 'staging' }]);
});
