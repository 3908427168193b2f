import { HOUR_MS } from '../../shared/domain/traffic-series/bucket.ts';
import { openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { withLease } from '../../shared/graph/lease.ts';
import { writeTraffic } from '../../shared/graph/traffic/write-traffic.ts';
import { withBenchServer } from './bench-server.ts';
import { count, type Measured, rate, seconds } from './report.ts';
import { simulatedWindow } from './simulated-traffic.ts';

const START = Date.UTC(2026, 0, 1);
const PERIOD = 300_000;

/** Windows in which `pairs` pairs talk, each told by both sides: the first of all, those of an hour, the first of the next. */
export function benchTrafficWindow({ pairs }: { readonly pairs: number }): Promise<Measured> {
  return withBenchServer(async (access) => {
    const graph = openGraph(access);
    try {
      await ensureSchema(graph);
      const write = async (at: number) => {
        const observation = simulatedWindow(pairs, at, PERIOD);
        const begin = performance.now();
        await withLease(graph, observation.cluster, (fence) => writeTraffic(fence, observation));
        return performance.now() - begin;
      };
      const hour: number[] = [];
      for (let at = START; at <= START + HOUR_MS; at += PERIOD) hour.push(await write(at));
      const [first, second, twelfth, nextHour] = [0, 1, 11, 12].map((window) => hour[window] ?? Number.NaN) as [
        number,
        number,
        number,
        number,
      ];
      const again = await write(START + HOUR_MS);
      const late = await write(START - HOUR_MS / 2);
      const row = (what: string, ms: number) => [what, seconds(ms), rate(2 * pairs, ms)];
      return {
        figures: { first, second, twelfth, nextHour, again },
        table: {
          columns: [`window of ${count(pairs)} pairs`, 'time', 'rows'],
          rows: [
            row('the first of all (nodes and relationships are new)', first),
            row('the second of an hour', second),
            row('the twelfth of an hour', twelfth),
            row('the first of the next hour (relationships are new)', nextHour),
            row('the same once more (nothing to do)', again),
            row('half an hour before the first of all', late),
          ],
        },
        goals: [],
        remarks: ['A pair is two rows: what the caller told and what the called side told.'],
      };
    } finally {
      await graph.close();
    }
  });
}
