import type { FunctionName } from './function-table.ts';

type QueueKind = {
  readonly consumer: FunctionName;
  /** Order and one at a time within a group, which is a cluster. */
  readonly fifo: boolean;
  /** Messages a run takes. */
  readonly batch: number;
  /** How many runs at once; AWS takes 2 at least. Never above what the function has reserved: throttled runs count as failed. */
  readonly concurrency: number;
  /** Runs a message gets before it is set aside. */
  readonly attempts: number;
};

/** Every queue of work with the function it feeds. */
export const QUEUES = {
  'traffic-scans': { consumer: 'read-traffic', fifo: false, batch: 1, concurrency: 4, attempts: 5 },
  'cluster-scans': { consumer: 'read-cluster', fifo: false, batch: 1, concurrency: 4, attempts: 5 },
  'certificate-scans': { consumer: 'read-certificates', fifo: false, batch: 1, concurrency: 2, attempts: 5 },
  observations: { consumer: 'write-graph', fifo: true, batch: 10, concurrency: 5, attempts: 10 },
  evaluations: { consumer: 'evaluate-checks', fifo: true, batch: 10, concurrency: 2, attempts: 5 },
  alerts: { consumer: 'send-alerts', fifo: true, batch: 10, concurrency: 2, attempts: 10 },
} as const satisfies Record<string, QueueKind>;

export type QueueName = keyof typeof QUEUES;

export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];

export const kindOf = (name: QueueName): QueueKind => QUEUES[name];
