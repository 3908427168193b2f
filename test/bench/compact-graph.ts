import { compactGraph } from '../../functions/compact-graph/compact-graph.ts';
import { DAY_MS } from '../../shared/domain/traffic-series/bucket.ts';
import { graphCompaction } from '../../shared/graph/compaction/graph-compaction.ts';
import { type Graph, openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { withLease } from '../../shared/graph/lease.ts';
import { writeTraffic } from '../../shared/graph/traffic/write-traffic.ts';
import { withBenchServer } from './bench-server.ts';
import { count, type Goal, type Measured, seconds } from './report.ts';
import { simulatedWindow } from './simulated-traffic.ts';

export type CompactionScale = { readonly pairs: number; readonly days: number; readonly windowsADay: number };

const START = Date.UTC(2026, 0, 1);
/** Two weeks of windows, a month of days. */
const RETENTION = { windows: 14 * DAY_MS, days: 30 * DAY_MS, closed: 60 * DAY_MS, findings: 60 * DAY_MS };
/** 80 % of 15 minutes, what Lambda gives a function at most. */
const LONGEST_MS = 12 * 60_000;

/** Months of traffic compacted for the first time, and then a day later, as a daily run finds them. */
export function benchCompactGraph({ pairs, days, windowsADay }: CompactionScale): Promise<Measured> {
  return withBenchServer(async (access) => {
    const graph = openGraph(access);
    try {
      await ensureSchema(graph);
      const end = START + days * DAY_MS;
      for (let at = START; at < end + DAY_MS; at += DAY_MS / windowsADay) {
        const observation = simulatedWindow(pairs, at, DAY_MS / windowsADay);
        await withLease(graph, observation.cluster, (fence) => writeTraffic(fence, observation));
      }
      const first = await measure(graph, end);
      await fillDay(graph, end + DAY_MS - RETENTION.windows - DAY_MS);
      const daily = await measure(graph, end + DAY_MS);
      return told({ pairs, days, windowsADay }, first, daily);
    } finally {
      await graph.close();
    }
  });
}

type Run = { readonly ms: number; readonly longestBatchMs: number; readonly before: Size; readonly after: Size };
type Size = { readonly nodes: number; readonly relationships: number };

async function measure(graph: Graph, now: number): Promise<Run> {
  const { steps, ...compaction } = graphCompaction(graph);
  let longestBatchMs = 0;
  const timed = steps.map((step) => ({
    ...step,
    run: async (...args: Parameters<typeof step.run>) => {
      const begin = performance.now();
      const done = await step.run(...args);
      longestBatchMs = Math.max(longestBatchMs, performance.now() - begin);
      return done;
    },
  }));
  const before = await compaction.readSize();
  const begin = performance.now();
  const clock = { now: () => now, hasTime: () => true, pause: async () => {} };
  await compactGraph({ ...compaction, ...clock, steps: timed }, RETENTION);
  return { ms: performance.now() - begin, longestBatchMs, before, after: await compaction.readSize() };
}

/** Gives the relationships of a day as many windows as a day of five-minute windows has. */
async function fillDay(graph: Graph, day: number): Promise<void> {
  await graph.write(
    `MATCH ()-[chunk:CALLED|ARRIVED_AT {cluster: 'bench', grain: 'day', bucket: $day}]->()
     WITH chunk, [i IN range(0, 287) | chunk.bucket + i * 300000] AS at
     SET chunk.at = at, chunk.wLength = [i IN at | 300000], chunk.wRequests = [i IN at | 100],
         chunk.wBytesSent = [i IN at | 31000], chunk.wBytesReceived = [i IN at | 127000],
         chunk.wP50 = [i IN at | 1.5], chunk.wP95 = [i IN at | 8.75], chunk.wP99 = [i IN at | 21.5]`,
    { day },
  );
}

function told({ pairs, days, windowsADay }: CompactionScale, first: Run, daily: Run): Measured {
  const goals: Goal[] = [
    goal('a first run over all of it ends within one run of the function', first.ms, LONGEST_MS),
    goal('a daily run takes less than a minute', daily.ms, 60_000),
    goal('no batch keeps the lease for longer than 20 s', Math.max(first.longestBatchMs, daily.longestBatchMs), 20_000),
  ];
  const row = (name: string, of: (run: Run) => string) => [name, of(first), of(daily)];
  return {
    figures: {
      firstMs: first.ms,
      dailyMs: daily.ms,
      relationshipsBefore: first.before.relationships,
      relationshipsAfter: first.after.relationships,
      nodesBefore: first.before.nodes,
      nodesAfter: first.after.nodes,
    },
    table: {
      columns: ['', `first run over ${count(days)} days of ${count(pairs)} pairs`, 'the run a day later'],
      rows: [
        row('relationships before', ({ before }) => count(before.relationships)),
        row('relationships after', ({ after }) => count(after.relationships)),
        row('nodes before', ({ before }) => count(before.nodes)),
        row('nodes after', ({ after }) => count(after.nodes)),
        row('time', ({ ms }) => seconds(ms)),
        row('longest batch', ({ longestBatchMs }) => seconds(longestBatchMs)),
      ],
    },
    goals,
    remarks: [
      'Both sides tell each pair; windows are kept for 14 days, days for 30.',
      `Days of the first run hold ${windowsADay} windows, the day the daily run rolls up 288.`,
    ],
  };
}

const goal = (wanted: string, ms: number, limitMs: number): Goal => ({ wanted, got: seconds(ms), met: ms <= limitMs });
