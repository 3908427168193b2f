import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { awsError } from '../domain/aws-error.ts';

const LIFETIME_S = 15 * 60;

export type ResultStore = {
  /** Keeps a text under a name that is its digest, and says where anybody who has the address can fetch it until when (epoch ms). */
  readonly keep: (name: string, text: string) => Promise<{ readonly url: string; readonly expiresAt: number }>;
};

/** Long answers in S3, below a prefix of the bucket, whose lifecycle removes them. */
export function resultStore(
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  { now = Date.now, client = new S3Client({}) }: { readonly now?: () => number; readonly client?: S3Client } = {},
): ResultStore {
  return {
    keep: async (name, text) => {
      const object = { Bucket: bucket, Key: `${prefix}${name}` };
      const at = now();
      try {
        await client.send(
          new PutObjectCommand({ ...object, Body: text, ContentType: 'application/json; charset=utf-8' }),
        );
        const url = await getSignedUrl(client, new GetObjectCommand(object), { expiresIn: LIFETIME_S });
        return { url, expiresAt: at + LIFETIME_S * 1_000 };
      } catch (error) {
        throw awsError(error, {
          doing: `keeping a long answer as s3://${bucket}/${object.Key}`,
          action: 's3:PutObject',
        });
      }
    },
  };
}
