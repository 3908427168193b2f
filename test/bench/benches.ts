import { benchBundles } from './bundles.ts';
import { benchChecks } from './checks.ts';
import { benchCompactGraph } from './compact-graph.ts';
import { FULL_MESH, SMOKE_MESH } from './fed-mesh.ts';
import { benchGate } from './gate.ts';
import { FULL_CLUSTER, SMOKE_CLUSTER } from './grown-cluster.ts';
import { benchLambda } from './lambda.ts';
import { benchQuestions } from './questions.ts';
import { benchReadCluster } from './read-cluster.ts';
import { benchReadTraffic } from './read-traffic.ts';
import type { Measured } from './report.ts';
import { benchTrafficDays } from './traffic-days.ts';
import { benchTrafficWindow } from './traffic-window.ts';
import { benchWriteCluster } from './write-cluster.ts';

export type Bench = {
  /** Its name on the command line and its section of docs/benchmarks.md. */
  readonly name: string;
  readonly run: () => Promise<Measured>;
  /** The same, so small that a test can run it: whether it works, not how fast it is. */
  readonly smoke: () => Promise<Measured>;
};

function bench<Scale>(name: string, run: (scale: Scale) => Promise<Measured>, full: Scale, smoke: Scale): Bench {
  return { name, run: () => run(full), smoke: () => run(smoke) };
}

export const BENCHES: readonly Bench[] = [
  bench('read-cluster', benchReadCluster, FULL_CLUSTER, SMOKE_CLUSTER),
  bench(
    'write-cluster',
    benchWriteCluster,
    { ...FULL_CLUSTER, rounds: 8, sample: 250, installCartography: true },
    { ...SMOKE_CLUSTER, rounds: 1, sample: 20, installCartography: false },
  ),
  bench('read-traffic', benchReadTraffic, FULL_MESH, SMOKE_MESH),
  bench('write-traffic', benchTrafficWindow, { pairs: 20_000 }, { pairs: 50 }),
  bench(
    'traffic-days',
    benchTrafficDays,
    { pairs: 100, days: 30, manyPairs: 1_000, manyDays: 90 },
    { pairs: 2, days: 2, manyPairs: 2, manyDays: 3 },
  ),
  bench(
    'compact-graph',
    benchCompactGraph,
    { pairs: 1_000, days: 90, windowsADay: 4 },
    { pairs: 2, days: 40, windowsADay: 1 },
  ),
  bench(
    'gate',
    benchGate,
    { workloads: 2_500, pods: 4, callers: 8, manifests: 500, installConftest: true },
    { workloads: 40, pods: 2, callers: 3, manifests: 30, installConftest: false },
  ),
  bench(
    'questions',
    benchQuestions,
    {
      meshes: [
        { workloads: 2_000, pairs: 20_000, days: 30 },
        { workloads: 18_500, pairs: 400_000, days: 30 },
      ],
      asks: 1_000,
      longestMs: 60_000,
    },
    { meshes: [{ workloads: 60, pairs: 300, days: 2 }], asks: 2, longestMs: 5_000 },
  ),
  bench(
    'checks',
    benchChecks,
    {
      meshes: [
        { workloads: 2_000, pairs: 20_000, days: 30 },
        { workloads: 18_500, pairs: 400_000, days: 30 },
      ],
    },
    { meshes: [{ workloads: 60, pairs: 300, days: 2 }] },
  ),
  bench('bundles', benchBundles, undefined, undefined),
  bench('lambda', benchLambda, { rounds: 10 }, { rounds: 1 }),
];
