import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import { ContractError } from '../domain/errors.ts';
import { type ClusterObservation, type Observation, observation } from '../domain/observation.ts';
import {
  instantOfKey,
  keyAfter,
  observationKey,
  observationPrefix,
  untoldAfter,
  untoldKey,
  untoldPrefix,
  windowOfKey,
  windowPrefix,
} from '../domain/observation-key.ts';
import type { Window } from '../domain/window.ts';
import { listKeys } from './observation-store-keys.ts';

/**
 * The observations of clusters in a bucket of S3, keyed by shared/domain/observation-key.ts, so that what was read can be
 * told from the keys alone. The graph is made of them and can be made of them again.
 */
export type ObservationStore = {
  /** Keeps an observation and gives back its key. The same reading is kept once, however often it is given. */
  readonly keep: (observation: Observation) => Promise<string>;
  /** Throws NotFoundError where nothing has this key, ContractError where it is no whole observation. */
  readonly read: (key: string) => Promise<Observation>;
  /** The traffic windows that are kept or untold and end after an instant, and the oldest one kept. */
  readonly windows: (cluster: string, after: number) => Promise<Window[]>;
  /** Notes that no source tells of a window any more. */
  readonly giveUp: (cluster: string, window: Window) => Promise<void>;
  /** The key of an observation of exactly this window. */
  readonly keyOfWindow: (cluster: string, window: Window) => Promise<string | undefined>;
  /** Keys of one source whose instants lie at or after one, oldest first. */
  readonly keysSince: (cluster: string, source: Observation['source'], since: number) => Promise<string[]>;
  readonly clusterAt: (key: string) => Promise<ClusterObservation>;
  /** The clusters there are observations of. */
  readonly clusters: () => Promise<string[]>;
  /** Every key of a cluster in the order in which the graph should take them: by instant, objects before traffic. */
  readonly keysInOrder: (cluster: string) => Promise<string[]>;
};

const zip = promisify(gzip);
const unzip = promisify(gunzip);
const SOURCES = ['cluster', 'certificates', 'traffic'] as const;

export function observationStore(bucket: string, client: S3Client = new S3Client(AWS_CLIENT)): ObservationStore {
  const list = listKeys(client, bucket);
  const read = (key: string) => readObservation(client, bucket, key);
  return {
    keep: async (made) => {
      const key = await observationKey(made);
      const Body = await zip(JSON.stringify(made));
      const content = { Body, ContentType: 'application/json', ContentEncoding: 'gzip', IfNoneMatch: '*' };
      await put(client, bucket, key, content);
      return key;
    },
    read,
    windows: async (cluster, after) => {
      const prefix = observationPrefix(cluster, 'traffic');
      const oldest = await list({ prefix, limit: 1 });
      const later = await list({ prefix, after: keyAfter(cluster, 'traffic', after) });
      const untold = await list({ prefix: untoldPrefix(cluster), after: untoldAfter(cluster, after) });
      return [...new Set([...oldest, ...later, ...untold])].flatMap((key) => windowOfKey(key) ?? []);
    },
    giveUp: (cluster, window) => put(client, bucket, untoldKey(cluster, window), {}),
    keyOfWindow: async (cluster, window) => (await list({ prefix: windowPrefix(cluster, window), limit: 1 }))[0],
    keysSince: (cluster, source, since) =>
      list({ prefix: observationPrefix(cluster, source), after: keyAfter(cluster, source, since - 1) }),
    clusterAt: async (key) => {
      const found = await read(key);
      if (found.source === 'cluster') return found;
      throw new ContractError(`s3://${bucket}/${key} should hold a reading of the cluster, not of its ${found.source}`);
    },
    clusters: () => list.folders('observations/'),
    keysInOrder: async (cluster) => {
      const keys = (
        await Promise.all(SOURCES.map((source) => list({ prefix: observationPrefix(cluster, source) })))
      ).flat();
      // A stable sort: of one instant the objects come before the traffic, in the order of SOURCES.
      return keys.sort((a, b) => (instantOfKey(a) ?? 0) - (instantOfKey(b) ?? 0));
    },
  };
}

type Content = Pick<PutObjectCommandInput, 'Body' | 'ContentType' | 'ContentEncoding' | 'IfNoneMatch'>;

async function put(client: S3Client, bucket: string, key: string, content: Content): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, ...content })).catch((error) => {
    // Whoever was first has said the same.
    if (error?.name === 'PreconditionFailed') return;
    throw awsError(error, {
      doing: `keeping s3://${bucket}/${key}`,
      action: 's3:PutObject',
      whenMissing: 'there is no such bucket: deploy again',
    });
  });
}

async function readObservation(client: S3Client, bucket: string, key: string): Promise<Observation> {
  const shown = `s3://${bucket}/${key}`;
  const zipped = await client
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .then(({ Body }) => Body?.transformToByteArray())
    .catch((error) => {
      const whenMissing = 'it was deleted, or its lifetime in the bucket is over';
      throw awsError(error, { doing: `reading ${shown}`, action: 's3:GetObject', whenMissing });
    });
  try {
    return observation.parse(JSON.parse((await unzip(zipped ?? new Uint8Array())).toString('utf8')));
  } catch (cause) {
    throw new ContractError(`${shown} is no whole observation: put back an earlier version of the object`, { cause });
  }
}
