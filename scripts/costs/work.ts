import type { FunctionName } from '../../infra/function-table.ts';

/** What one run takes: seconds of a whole core, and seconds in which it waits for somebody else. */
export type Run = { readonly computing: number; readonly waiting: number };

export type Size = {
  readonly pods: number;
  /** Bytes of one reading as it lies in the bucket. */
  readonly bytes: { readonly cluster: number; readonly traffic: number };
  readonly runs: Readonly<Record<FunctionName, Run>>;
};

/** A bundle's start on a whole core. Counted for every run, though most find the function warm. */
export const START_SECONDS = 0.25;

/** Where the numbers below are from, for the page. */
export const SOURCES = [
  'read-cluster and the objects of write-graph: `npm run bench -- read-cluster write-cluster` (docs/benchmarks.md), 198 and 10,041 pods; 1,000 in between by the number of pods. Waiting for the API server: 30 ms a page, assumed.',
  'read-traffic: `npm run bench -- read-traffic` with 250 and 1,250 call pairs. Its machine was busy: what it waited for Prometheus is divided by how far it was overbooked (load over cores). 10,000 pods: ten times 1,000.',
  'The windows of write-graph: 8,000 rows a second, the slowest that a day of windows was written at, two rows a call pair (decision 0003).',
  'gate-release: 10,041 pods, 19,494 call pairs on 14 days and 500 changed objects: 4 to 7 s to read, 2 s to judge; fewer pods by their number.',
  'evaluate-checks, send-alerts, answer-query, compact-graph: assumed, generously.',
  'The start of a function: 175 to 250 ms for bundles of this size on a whole core.',
];

const planning: Run = { computing: 0.05, waiting: 0.3 };
const certificates: Run = { computing: 0.05, waiting: 0.3 };

/** Five to ten call pairs a workload. */
export const SIZES: readonly Size[] = [
  {
    pods: 100,
    bytes: { cluster: 50_000, traffic: 10_000 },
    runs: {
      'plan-scans': planning,
      'read-traffic': { computing: 0.1, waiting: 0.9 },
      'read-cluster': { computing: 0.17, waiting: 1.4 },
      'read-certificates': certificates,
      'write-graph': { computing: 0.05, waiting: 0.3 },
      'evaluate-checks': { computing: 0.1, waiting: 0.5 },
      'send-alerts': { computing: 0.05, waiting: 1 },
      'answer-query': { computing: 0.05, waiting: 0.2 },
      'gate-release': { computing: 0.2, waiting: 0.5 },
      'compact-graph': { computing: 1, waiting: 10 },
    },
  },
  {
    pods: 1_000,
    bytes: { cluster: 120_000, traffic: 40_000 },
    runs: {
      'plan-scans': planning,
      'read-traffic': { computing: 0.31, waiting: 6.6 },
      'read-cluster': { computing: 0.4, waiting: 1.6 },
      'read-certificates': certificates,
      'write-graph': { computing: 0.1, waiting: 0.5 },
      'evaluate-checks': { computing: 0.2, waiting: 1 },
      'send-alerts': { computing: 0.05, waiting: 2 },
      'answer-query': { computing: 0.1, waiting: 0.4 },
      'gate-release': { computing: 0.6, waiting: 1.5 },
      'compact-graph': { computing: 5, waiting: 60 },
    },
  },
  {
    pods: 10_000,
    bytes: { cluster: 800_000, traffic: 600_000 },
    runs: {
      'plan-scans': planning,
      'read-traffic': { computing: 3.1, waiting: 66 },
      'read-cluster': { computing: 3.1, waiting: 2.9 },
      'read-certificates': certificates,
      'write-graph': { computing: 0.6, waiting: 3 },
      'evaluate-checks': { computing: 1, waiting: 5 },
      'send-alerts': { computing: 0.1, waiting: 5 },
      'answer-query': { computing: 0.3, waiting: 1.5 },
      'gate-release': { computing: 4, waiting: 5 },
      'compact-graph': { computing: 30, waiting: 600 },
    },
  },
];
