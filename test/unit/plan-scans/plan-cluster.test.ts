import { describe, expect, test } from 'vitest';
import type { Asked } from '../../../functions/plan-scans/asked.ts';
import { planCluster } from '../../../functions/plan-scans/plan-cluster.ts';
import { planClusters } from '../../../functions/plan-scans/plan-clusters.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { ForbiddenError, UnavailableError } from '../../../shared/domain/errors.ts';
import { type ScanRequest, scanRequest } from '../../../shared/domain/messages/scan-request.ts';
import type { Window } from '../../../shared/domain/window.ts';

const MINUTE = 60_000;
/** A schedule's tick: the window that ended a minute ago has settled. */
const NOW = Date.parse('2026-11-23T12:01:00Z');
const NOON = NOW - MINUTE;
const { scan, aws } = parseConfiguration('', 'meshgraph.yaml', []);
const window = (minutes: number): Window => ({ from: NOON + minutes * MINUTE, to: NOON + (minutes + 5) * MINUTE });

/** A bucket that holds windows and the note of what was asked, and readers that answer or do not. */
function world(covered: Window[]) {
  const notes = new Map<string, Asked>();
  const queued: ScanRequest[] = [];
  const deps = {
    readCovered: async (_: string, after: number) => covered.filter(({ to }, i) => i === 0 || to > after),
    readAsked: async (cluster: string) => notes.get(cluster),
    writeAsked: async (cluster: string, asked: Asked) => {
      notes.set(cluster, asked);
    },
    ask: async (requests: readonly ScanRequest[]) => {
      queued.push(...requests);
    },
  };
  /** What one run at an instant asks for. */
  const run = async (now: number) => {
    queued.length = 0;
    const plan = await planCluster(deps, { cluster: 'prod', scan, certificatesPeriodMs: 60 * MINUTE, now });
    return { plan, sources: queued.map(({ source }) => source), windows: windowsOf(queued) };
  };
  return { deps, notes, queued, run, answer: (...windows: Window[]) => covered.push(...windows) };
}

const windowsOf = (requests: readonly ScanRequest[]): Window[] =>
  requests.flatMap((request) => (request.source === 'traffic' ? [request.window] : []));

describe('what one run asks for', () => {
  test('objects, certificates and the window that has just settled, each by a valid message', async () => {
    const { run, queued } = world([window(-10)]);
    const { plan, sources, windows } = await run(NOW);
    expect(sources).toEqual(['cluster', 'certificates', 'traffic']);
    expect(windows).toEqual([window(-5)]);
    expect(plan.secondsBehind).toBe(60);
    for (const request of queued) expect(scanRequest.parse(request)).toEqual(request);
    expect(queued.every(({ requestedAt }) => requestedAt === NOW)).toBe(true);
  });

  test('after an hour without a run all its windows, oldest first', async () => {
    const { run } = world([window(-70)]);
    const { plan, windows } = await run(NOW);
    expect(windows).toEqual(Array.from({ length: 13 }, (_, n) => window(-65 + 5 * n)));
    expect(plan.secondsBehind).toBe(61 * 60);
  });

  test('never more than catchUp back', async () => {
    const { run } = world([window(-24 * 60)]);
    const { windows } = await run(NOW);
    expect(windows[0]?.from).toBeGreaterThanOrEqual(NOW - scan.settling - scan.catchUp);
    expect(windows.length).toBe(scan.catchUp / scan.period - 1);
  });

  test('nothing is behind when all is read', async () => {
    const { run } = world([window(-10), window(-5)]);
    expect(await run(NOW)).toMatchObject({ plan: { secondsBehind: 0 }, windows: [] });
  });
});

describe('from run to run', () => {
  test('a window on its way is not asked for again, until it should long have come', async () => {
    const { run } = world([window(-10)]);
    expect((await run(NOW)).windows).toEqual([window(-5)]);
    expect((await run(NOW + 5 * MINUTE)).windows).toEqual([window(0)]);
    const later: Window[][] = [];
    for (let minutes = 10; minutes <= 65; minutes += 5) later.push((await run(NOW + minutes * MINUTE)).windows);
    expect(later.slice(0, -2).every((windows) => windows.length === 1)).toBe(true);
    expect(later.at(-2)).toEqual([window(-5), window(55)]);
    expect(later.at(-1)).toEqual([window(0), window(60)]);
  });

  test('a Prometheus that is away for hours loses no window that catchUp reaches', async () => {
    const { run, answer } = world([window(-10)]);
    for (let minutes = 0; minutes < 180; minutes += 5) await run(NOW + minutes * MINUTE);
    const asked: Window[] = [];
    for (let minutes = 180; minutes < 245; minutes += 5) {
      const { windows } = await run(NOW + minutes * MINUTE);
      asked.push(...windows);
      answer(...windows);
    }
    const first = Array.from({ length: 37 }, (_, n) => window(-5 + 5 * n));
    expect(asked).toEqual(expect.arrayContaining(first));
    expect((await run(NOW + 245 * MINUTE)).plan.secondsBehind).toBe(60);
  });

  test('objects are asked for once a period, a little early or late; certificates as often as configured', async () => {
    const { run } = world([window(-10)]);
    const counts = { cluster: 0, certificates: 0, traffic: 0 };
    for (let minutes = 0; minutes < 120; minutes += 5) {
      const jitter = (minutes % 15) * 1_000;
      for (const source of (await run(NOW + minutes * MINUTE + jitter)).sources) counts[source]++;
    }
    expect(counts).toMatchObject({ cluster: 24, certificates: 2 });
  });

  test('a run that broke off before it noted anything is simply repeated', async () => {
    const { run, notes } = world([window(-10)]);
    await run(NOW);
    notes.clear();
    expect((await run(NOW + 1_000)).windows).toEqual([window(-5)]);
  });
});

describe('several clusters', () => {
  test('one that cannot be planned stops no other, is counted, and makes the run fail in the end', async () => {
    const { deps, queued } = world([window(-10)]);
    const { clusters } = parseConfiguration('clusters: [{name: a}, {name: b}, {name: c}]', 'meshgraph.yaml', []);
    const readCovered = async (cluster: string, after: number) => {
      if (cluster === 'b') throw new ForbiddenError('no right to list');
      return deps.readCovered(cluster, after);
    };
    const measured: unknown[] = [];
    const failed: unknown[] = [];
    const telling = {
      log: { info: () => {}, error: (_: string, error: unknown) => failed.push(error) },
      measure: (...one: unknown[]) => measured.push(one),
    };
    const running = planClusters({ ...deps, readCovered }, { clusters, scan, aws }, NOW, telling);
    await expect(running).rejects.toThrow(UnavailableError);
    expect(new Set(queued.map(({ cluster }) => cluster))).toEqual(new Set(['a', 'c']));
    expect(measured).toEqual([
      ['WindowsBehind', 60, 'a'],
      ['ScanFailed', 1, 'b'],
      ['WindowsBehind', 60, 'c'],
    ]);
    expect(failed).toHaveLength(1);
  });
});
