import type { FunctionName } from './function-table.ts';

type QueueKind = {
  readonly consumer: FunctionName;
  /** Order and one at a time within a group, which is a cluster. */
  readonly fifo: boolean;
  /** Messages a run takes. */
  readonly batch: number;
  /** How many runs at once; AWS takes 2 at least. Never above what the function has reserved: throttled runs count as failed. */
  readonly concurrency: number;
};

/**
 * Runs a message gets before it is set aside. Waits between them double from 15 s to 15 min (shared/middleware), so a
 * source or a Neo4j may be away for an hour.
 */
export const ATTEMPTS = 10;

/** Every queue of work with the function it feeds. */
export const QUEUES = {
  'traffic-scans': { consumer: 'read-traffic', fifo: false, batch: 1, concurrency: 4 },
  'cluster-scans': { consumer: 'read-cluster', fifo: false, batch: 1, concurrency: 4 },
  'certificate-scans': { consumer: 'read-certificates', fifo: false, batch: 1, concurrency: 2 },
  observations: { consumer: 'write-graph', fifo: true, batch: 10, concurrency: 5 },
  evaluations: { consumer: 'evaluate-checks', fifo: true, batch: 10, concurrency: 2 },
  alerts: { consumer: 'send-alerts', fifo: true, batch: 10, concurrency: 2 },
} as const satisfies Record<string, QueueKind>;

export type QueueName = keyof typeof QUEUES;

export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];

export const kindOf = (name: QueueName): QueueKind => QUEUES[name];
