import { sqsQueue } from '../adapters/aws-sqs.ts';
import { type ObservationStore, observationStore } from '../adapters/observation-store.ts';
import { OBSERVATION_POINTER_SCHEMA, type ObservationPointer } from '../domain/messages/observation-pointer.ts';
import type { Observation } from '../domain/observation.ts';
import { digestOfKey } from '../domain/observation-key.ts';

/** The way of an observation from a reader: first into the bucket, then its pointer into the writer's queue. */
export type ObservationDelivery = {
  readonly store: ObservationStore;
  readonly deliver: (observation: Observation) => Promise<void>;
  /** Tells the writer of one that is kept; told twice within five minutes, it is told once. */
  readonly announce: (key: string) => Promise<void>;
};

export function observationDelivery(bucket: string, queueUrl: string): ObservationDelivery {
  const store = observationStore(bucket);
  const send = sqsQueue(queueUrl);
  const tell = (key: string, { cluster, source, id, at }: Observation): Promise<void> => {
    const pointer: ObservationPointer = { schema: OBSERVATION_POINTER_SCHEMA, cluster, source, id, at, key };
    return send([{ body: JSON.stringify(pointer), group: cluster, deduplication: digestOfKey(key) }]);
  };
  return {
    store,
    deliver: async (observation) => tell(await store.keep(observation), observation),
    announce: async (key) => tell(key, await store.read(key)),
  };
}
