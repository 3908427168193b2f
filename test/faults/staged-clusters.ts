import { writeObservation } from '../../functions/write-graph/write-graph.ts';
import { observationStore } from '../../shared/adapters/observation-store.ts';
import type { TrafficObservation } from '../../shared/domain/observation.ts';
import { openGraph } from '../../shared/graph/connection.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { observationWriters } from '../../shared/graph/observation-writers.ts';
import { type OwnGraph, ownGraph } from '../neo4j.ts';
import { setFeed } from '../stack/feeds.ts';
import { canonicalLines } from '../stack/laptop.ts';
import { type Mail, sendMail, takeMail } from '../stack/mail.ts';
import { drained, setVisibilityTimeout } from '../stack/queues.ts';
import { QUEUES, type Stack, type StackSettings, startStack } from '../stack/stack.ts';
import type { Published } from '../stack/topic-subscriber.ts';

const READERS = { 'read-traffic': 'traffic-scans', 'read-cluster': 'cluster-scans' } as const;

/**
 * One deployed stack and, for each way to fail, a cluster of its own. What the schedule asked of the readers is held back
 * and let out cluster by cluster, so that each meets its fault alone.
 */
export type StagedClusters = {
  readonly stack: Stack;
  /** Another graph, to which a cluster's observations are written once and in order, by nobody who fails. */
  readonly calm: OwnGraph;
  /** Lets out what the schedule asked for a cluster; `arrange` doubles it, turns it round... */
  readonly letOut: (cluster: string, arrange?: (mail: readonly Mail[]) => readonly Mail[]) => Promise<void>;
  /** Waits until every queue is empty. */
  readonly settled: () => Promise<void>;
  readonly windows: (cluster: string) => Promise<TrafficObservation[]>;
  /** What the graph says of a cluster, and what it should say. */
  readonly lines: (cluster: string) => Promise<{ readonly deployed: string[]; readonly expected: string[] }>;
  /** Alerts of a cluster so far, as the subscriber of the topic got them. */
  readonly alerts: (cluster: string) => Promise<readonly Published[]>;
  readonly stop: () => Promise<void>;
};

export async function stageClusters(settings: StackSettings): Promise<StagedClusters> {
  const [stack, calm] = await Promise.all([startStack(settings), ownGraph()]);
  const { aws, sqs } = stack;
  const store = observationStore(stack.bucket, stack.s3);
  const published: Published[] = [];
  const held: { readonly queue: string; readonly mail: readonly Mail[] }[] = [];
  for (const reader of Object.keys(READERS)) await setFeed(aws, stack.functionName(reader), false);
  await stack.runSchedule('plan-scans');
  for (const [reader, name] of Object.entries(READERS)) {
    held.push({ queue: stack.queue(name), mail: await takeMail(sqs, stack.queue(name)) });
    await setFeed(aws, stack.functionName(reader), true);
  }
  // Who is killed gives nothing back: messages reappear only now. Six times the time-out would be half an hour.
  for (const name of QUEUES) await setVisibilityTimeout(sqs, stack.queue(name), 20);
  return {
    stack,
    calm,
    letOut: async (cluster, arrange = (mail) => mail) => {
      for (const { queue, mail } of held) {
        await sendMail(sqs, queue, arrange(mail.filter(({ body }) => JSON.parse(body).cluster === cluster)));
      }
    },
    settled: () => drained(sqs, QUEUES.map(stack.queue), 150_000),
    windows: async (cluster) => {
      const keys = (await store.keysInOrder(cluster)).filter((key) => key.includes('/traffic/'));
      const readings = (await Promise.all(keys.map(store.read))) as TrafficObservation[];
      // Of two readings of one window the later one counts.
      const latest = new Map<string, TrafficObservation>();
      for (const one of readings) {
        if (one.readAt >= (latest.get(one.id)?.readAt ?? 0)) latest.set(one.id, one);
      }
      return [...latest.values()];
    },
    lines: async (cluster) => {
      const graph = openGraph(calm);
      await ensureSchema(graph);
      const writers = observationWriters(graph);
      for (const key of await store.keysInOrder(cluster)) await writeObservation(writers, await store.read(key));
      await graph.close();
      return { deployed: await canonicalLines(stack.graph, cluster), expected: await canonicalLines(calm, cluster) };
    },
    alerts: async (cluster) => {
      published.push(...(await stack.subscriber.received()));
      return published.filter(({ attributes }) => attributes.cluster === cluster);
    },
    stop: async () => {
      await Promise.all([stack.stop(), calm.remove()]);
    },
  };
}
