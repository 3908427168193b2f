import { AWS_CLIENT } from '../../shared/domain/aws-client.ts';
import type { Observation } from '../../shared/domain/observation.ts';

/** A log of observations that graphs can be rebuilt from. */
export type ReplayableLog = {
  /** What messages call it. */
  readonly shown: string;
  /** Everything, of one cluster or of all; of each cluster in the order of time. */
  readonly read: (cluster?: string) => AsyncGenerator<Observation>;
  /** The graph has all of a cluster now. */
  readonly replayed: (cluster: string) => Promise<void>;
};

/** A directory that `meshgraph scan` keeps. */
export async function directoryLog(directory: string): Promise<ReplayableLog> {
  const { observationLog } = await import('../../shared/adapters/observation-log.ts');
  const log = observationLog(directory);
  return {
    shown: directory,
    read: log.read,
    replayed: async (cluster) => {
      for await (const { delivered } of log.pending(cluster)) await delivered();
    },
  };
}

/** So many objects are on their way from the bucket while one is written. */
const AHEAD = 8;

/** The bucket of a deployed meshgraph. Which of it the graph has is nobody's note: its writer takes what its queue brings. */
export async function bucketLog(bucket: string, region: string | undefined): Promise<ReplayableLog> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { observationStore } = await import('../../shared/adapters/observation-store.ts');
  const { lookAhead } = await import('../../shared/domain/look-ahead.ts');
  const store = observationStore(bucket, new S3Client({ ...AWS_CLIENT, ...(region !== undefined && { region }) }));
  return {
    shown: `s3://${bucket}`,
    async *read(cluster) {
      for (const name of cluster === undefined ? await store.clusters() : [cluster]) {
        yield* lookAhead(await store.keysInOrder(name), AHEAD, store.read);
      }
    },
    replayed: async () => {},
  };
}
