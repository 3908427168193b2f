import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { z } from 'zod';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import { NotFoundError } from '../domain/errors.ts';

/** Notes of one kind, a small JSON object a cluster, in the bucket of the observations: `notes/<cluster>.json`. */
export type Notes<Note> = {
  /** `undefined` where there is none, or one that an other version wrote: a note is only a memory aid. */
  readonly read: (cluster: string) => Promise<Note | undefined>;
  readonly write: (cluster: string, note: Note) => Promise<void>;
};

export function scanNotes<Note>(
  bucket: string,
  schema: z.ZodType<Note>,
  client: S3Client = new S3Client(AWS_CLIENT),
): Notes<Note> {
  const keyOf = (cluster: string) => `notes/${cluster}.json`;
  return {
    read: async (cluster) => {
      const text = await readText(client, bucket, keyOf(cluster));
      return text === undefined ? undefined : parse(text, schema);
    },
    write: async (cluster, note) => {
      const Key = keyOf(cluster);
      const Body = JSON.stringify(note);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body })).catch((error) => {
        throw awsError(error, { doing: `writing s3://${bucket}/${Key}`, action: 's3:PutObject' });
      });
    },
  };
}

async function readText(client: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    const told = awsError(error, { doing: `reading s3://${bucket}/${key}`, action: 's3:GetObject and s3:ListBucket' });
    if (told instanceof NotFoundError && (error as Error).name !== 'NoSuchBucket') return undefined;
    throw told;
  }
}

function parse<Note>(text: string, schema: z.ZodType<Note>): Note | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
