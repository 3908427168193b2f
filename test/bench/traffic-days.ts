import { DAY_MS, HOUR_MS } from '../../shared/domain/traffic-series/bucket.ts';
import { type Graph, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { withLease } from '../../shared/graph/lease.ts';
import { writeTraffic } from '../../shared/graph/traffic/write-traffic.ts';
import { withBenchServer } from './bench-server.ts';
import { count, type Goal, type Measured, seconds } from './report.ts';
import { simulatedWindow } from './simulated-traffic.ts';

export type TrafficScale = {
  /** Written window by window, 288 a day. */
  readonly pairs: number;
  readonly days: number;
  /** Written with two windows a closed day and one an hour of the last: as many relationships as with 288. */
  readonly manyPairs: number;
  readonly manyDays: number;
};

const START = Date.UTC(2026, 0, 1);
const PERIOD = 300_000;
const AURA_FREE = { nodes: 200_000, relationships: 400_000 };

/** Days of traffic through the real writer: what is left of them in the graph, and what the last window of a day costs. */
export async function benchTrafficDays(scale: TrafficScale): Promise<Measured> {
  const everyWindow = await simulate(scale.pairs, scale.days, { closed: PERIOD, last: PERIOD });
  const manyDays = await simulate(scale.manyPairs, scale.manyDays, { closed: 12 * HOUR_MS, last: HOUR_MS });
  // The ledger keeps a node a window, and this graph saw fewer windows than one that is read every five minutes.
  const nodes = manyDays.nodes - manyDays.windows + scale.manyDays * 288;
  const day = { twelfth: median(everyWindow.msByWindow[11] ?? []), last: median(everyWindow.msByWindow[287] ?? []) };
  const aPairDay = everyWindow.closed / (scale.pairs * (scale.days - 1));
  const goals: Goal[] = [
    goal('closed days hold at most 1.1 CALLED a pair and active day', aPairDay, 1.1),
    goal('the current day holds at most 24 CALLED a pair', everyWindow.current / scale.pairs, 24),
    goal('the 288th window of a day takes at most twice the 12th', day.last / day.twelfth, 2),
    goal(`${count(scale.manyPairs)} pairs and ${scale.manyDays} days fit Aura Free in nodes`, nodes, AURA_FREE.nodes),
    goal('and in relationships', manyDays.relationships, AURA_FREE.relationships),
  ];
  return {
    figures: {
      aPairDay,
      aPairToday: everyWindow.current / scale.pairs,
      slowdown: day.last / day.twelfth,
      nodes,
      relationships: manyDays.relationships,
    },
    table: {
      columns: [
        '',
        `${count(scale.pairs)} pairs, ${scale.days} days, 288 windows a day`,
        `${count(scale.manyPairs)} pairs, ${scale.manyDays} days`,
      ],
      rows: [
        ['windows written', ...[everyWindow, manyDays].map(({ windows }) => count(windows))],
        ['nodes (of them one a window)', count(everyWindow.nodes), count(manyDays.nodes)],
        ['relationships, both layers', ...[everyWindow, manyDays].map(({ relationships }) => count(relationships))],
        ['CALLED of closed days', ...[everyWindow, manyDays].map(({ closed }) => count(closed))],
        ['CALLED of the current day', ...[everyWindow, manyDays].map(({ current }) => count(current))],
        ['12th window of a day (median)', seconds(day.twelfth), ''],
        ['288th window of a day (median)', seconds(day.last), ''],
      ],
    },
    goals,
    remarks: [
      'Every pair calls in every window and is told by both sides.',
      `The nodes compared with Aura Free include the ledger of 288 windows a day.`,
    ],
  };
}

type Simulated = Awaited<ReturnType<typeof readSize>> & {
  readonly windows: number;
  readonly msByWindow: readonly number[][];
};

type Periods = { readonly closed: number; readonly last: number };

/** Writes `days` days, the last of them whole and still open; `msByWindow` holds a day's times by window. */
function simulate(pairs: number, days: number, periods: Periods): Promise<Simulated> {
  return withBenchServer(async (access) => {
    const graph = openGraph(access);
    try {
      await ensureSchema(graph);
      const lastDay = START + (days - 1) * DAY_MS;
      const msByWindow: number[][] = Array.from({ length: DAY_MS / PERIOD }, () => []);
      let windows = 0;
      for (let at = START; at < lastDay + DAY_MS; windows++) {
        const period = at < lastDay ? periods.closed : periods.last;
        const observation = simulatedWindow(pairs, at, period);
        const begin = performance.now();
        await withLease(graph, observation.cluster, (fence) => writeTraffic(fence, observation));
        msByWindow[((at - START) % DAY_MS) / period]?.push(performance.now() - begin);
        at += period;
      }
      return { ...(await readSize(graph, lastDay)), windows, msByWindow };
    } finally {
      await graph.close();
    }
  });
}

async function readSize(graph: Graph, lastDay: number) {
  const [size] = await graph.read<{ nodes: number; relationships: number; closed: number; current: number }>(
    `RETURN COUNT { MATCH () } AS nodes, COUNT { MATCH ()-->() } AS relationships,
       COUNT { MATCH ()-[call:CALLED]->() WHERE call.bucket < $lastDay } AS closed,
       COUNT { MATCH ()-[call:CALLED]->() WHERE call.bucket >= $lastDay } AS current`,
    { lastDay },
  );
  if (!size) throw new Error('a count always answers one row');
  return size;
}

const goal = (wanted: string, got: number, limit: number): Goal => ({
  wanted,
  got: got < 100 ? got.toPrecision(3) : count(got),
  met: got <= limit,
});

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
