import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrometheus } from '../prometheus-server.ts';
import { runApart } from './apart.ts';
import { feedMesh, GROWTH, type MeshScale, SCRAPE_MS } from './fed-mesh.ts';
import { LAMBDA_HEAP } from './lambda-heap.ts';
import type { ReadTrafficFigures } from './read-traffic-work.ts';
import { count, type Measured, megabytes, seconds } from './report.ts';

const WINDOW_MS = 300_000;

/** Reads one window of a mesh from a real Prometheus that was fed all its series, as a scan does. */
export async function benchReadTraffic(scale: MeshScale): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-bench-'));
  const prometheus = await startPrometheus();
  try {
    const to = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS - WINDOW_MS;
    const window = { from: to - WINDOW_MS, to };
    const fed = await feedMesh(prometheus.url, scale, window);
    const input = { url: prometheus.url, window, file: join(folder, 'observation.gz') };
    const { output, peakBytes, idleBytes } = await runApart<typeof input, ReadTrafficFigures>(
      'read-traffic-work.ts',
      input,
      [`--max-old-space-size=${LAMBDA_HEAP}`],
    );
    const pairs = scale.workloads * scale.callees;
    const expected = pairs * scale.pods * (WINDOW_MS / SCRAPE_MS) * GROWTH;
    return {
      figures: {
        calls: output.calls,
        arrivals: output.arrivals,
        queries: output.queries,
        missedRequests: expected - output.requests,
        missedArrivals: expected - output.arrived,
        problems: output.problems.length,
      },
      table: {
        columns: ['one window of 5 minutes', ''],
        rows: [
          ['call pairs', count(output.calls)],
          ['arrivals', count(output.arrivals)],
          ['pods', count(scale.workloads * scale.pods)],
          ['series in Prometheus', count(fed.series)],
          ['samples fed', count(fed.samples)],
          ['queries', count(output.queries)],
          ['bytes answered', megabytes(output.bytes)],
          ['time', seconds(output.ms)],
          ['slowest query', seconds(output.slowestMs)],
          ["the reader's own processor time", seconds(output.cpuMs)],
          ['peak memory of the reader (idle)', `${megabytes(peakBytes)} (${megabytes(idleBytes)})`],
          ['observation, gzipped', megabytes(output.observationBytes)],
        ],
      },
      goals: [
        { wanted: 'at most 10 queries', got: count(output.queries), met: output.queries <= 10 },
        {
          wanted: `every one of ${count(expected)} requests counted, on both sides`,
          got: `${count(output.requests)} and ${count(output.arrived)}`,
          met: output.requests === expected && output.arrived === expected,
        },
      ],
      remarks: [
        `Fed by remote write: scrapes every ${SCRAPE_MS / 1000} s with the labels of linkerd-viz; each pod holds connections to one pod of each of the ${scale.callees} workloads it calls; per connection requests, answers, 5 latency buckets, TCP opens and bytes; on the called side the policy's verdicts and answers by client.`,
        'Prometheus has no limit but its own defaults (50 million samples a query).',
        `The reader's heap was limited to ${LAMBDA_HEAP} MB.`,
      ],
    };
  } finally {
    await prometheus.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
