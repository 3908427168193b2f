import {
  type Compaction,
  compactGraph,
  type Deps,
  type Retention,
} from '../../../functions/compact-graph/compact-graph.ts';
import { writeObservation } from '../../../functions/write-graph/write-graph.ts';
import type { Observation, TrafficObservation } from '../../../shared/domain/observation.ts';
import { graphCompaction } from '../../../shared/graph/compaction/graph-compaction.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import type { Fence } from '../../../shared/graph/lease.ts';
import { observationWriters } from '../../../shared/graph/observation-writers.ts';
import { account, boundTo, partOf, pod, scanOf, workload } from './structure-observation.ts';
import { aCall, anArrival, identity, workload as named, observe } from './traffic-observation.ts';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Two weeks over the end of a month. */
export const START = Date.UTC(2026, 6, 24);
export const NOW = Date.UTC(2026, 7, 6, 6);
export const day = (text: string): number => Date.parse(`2026-${text}T00:00:00Z`);

/** Single windows are kept since 08-04, single days since 08-02, what is gone since 07-31. */
export const RETENTION: Retention = {
  windows: 2 * DAY_MS,
  days: 4 * DAY_MS,
  closed: 6 * DAY_MS,
  findings: 6 * DAY_MS,
};

export function compact(graph: Graph, retention = RETENTION, more: Partial<Deps<Fence>> = {}): Promise<Compaction> {
  const clock = { now: () => NOW, hasTime: () => true, pause: async () => {} };
  return compactGraph({ ...graphCompaction(graph), ...clock, ...more }, retention);
}

/** Delivers them one after another to a graph that has its schema; answers what became of each. */
export async function deliverAll(graph: Graph, observations: readonly Observation[]): Promise<string[]> {
  const verdicts: string[] = [];
  const deps = observationWriters(graph);
  for (const one of observations) verdicts.push((await writeObservation(deps, one)).verdict);
  return verdicts;
}

/** The same numbers every time, without being regular. */
const number = (at: number, salt: number, below: number): number => ((at / 60_000) * 7919 + salt * 104_729) % below;

function windowAt(from: number): TrafficObservation {
  const pairs = [
    ['web', 'cart'],
    ['web', 'stock'],
    ['cart', 'stock'],
  ] as const;
  const seen = pairs.filter((_, i) => number(from, i, 4) !== 0);
  return observe({
    from,
    complete: number(from, 9, 5) !== 0,
    calls: seen.map(([caller, callee], i) =>
      aCall({
        caller: named(caller),
        callee: { type: 'workload', ...named(callee) },
        requests: 1 + number(from, i, 90),
        failures: number(from, i, 3),
        outcomes: { '200': 1 + number(from, i, 88), ...(number(from, i, 3) > 0 && { '503': number(from, i, 3) }) },
        ...(number(from, i, 2) === 0 && { latencyMs: { p50: 2, p95: 9, p99: 30 } }),
      }),
    ),
    arrivals: seen.map(([caller, callee], i) =>
      anArrival({
        identity: identity(caller),
        workload: named(callee),
        verdict: i === 1 ? 'denied' : 'allowed',
        requests: 1 + number(from, i, 90),
      }),
    ),
  });
}

/** A pod lives two days and never comes back, a role is bound every other three days, replicas change now and then. */
function scanAt(at: number): Observation {
  const days = Math.floor((at - START) / DAY_MS);
  const web = workload('web', { replicas: 1 + (Math.floor(days / 2) % 3) });
  const pods = [`web-${Math.floor(days / 2)}`, `web-${Math.floor((days + 1) / 2)}-b`].map((name) => pod(name));
  const bound =
    Math.floor(days / 3) % 2 === 0 ? [boundTo(account('web'), 'view', { binding: `b${Math.floor(days / 3)}` })] : [];
  const facts = [web, workload('cart'), account('web'), ...pods, ...pods.map((one) => partOf(one, web)), ...bound];
  return scanOf(at, facts, { families: ['workloads', 'pods', 'serviceaccounts', 'bindings'] });
}

/** All observations of the days `[from, to)`: each day two windows in one hour, and two scans in the next. */
export function history(from = START, to = NOW): Observation[] {
  const days = Array.from({ length: Math.ceil((to - from) / DAY_MS) }, (_, i) => from + i * DAY_MS);
  return days
    .flatMap((start) => [
      windowAt(start + HOUR_MS),
      windowAt(start + HOUR_MS + 300_000),
      scanAt(start + 2 * HOUR_MS),
      scanAt(start + 2 * HOUR_MS + 600_000),
    ])
    .filter(({ at }) => at < to);
}

export const isWindow = (one: Observation): one is TrafficObservation => one.source === 'traffic';
