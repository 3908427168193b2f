import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';

const failure = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

/** Every S3Client of the process speaks to this bucket in memory, which does what S3 does for the calls we make. */
export function memoryBucket(): { readonly objects: Map<string, Buffer>; readonly restore: () => void } {
  const objects = new Map<string, Buffer>();
  const s3 = mockClient(S3Client);
  s3.on(PutObjectCommand).callsFake(async ({ Key, Body, IfNoneMatch }) => {
    if (IfNoneMatch === '*' && objects.has(Key)) throw failure('PreconditionFailed', 412);
    objects.set(Key, Buffer.from(Body ?? ''));
    return {};
  });
  s3.on(GetObjectCommand).callsFake(async ({ Key }) => {
    const found = objects.get(Key);
    if (found === undefined) throw failure('NoSuchKey', 404);
    return { Body: sdkStreamMixin(Readable.from([found])) };
  });
  s3.on(ListObjectsV2Command).callsFake(async ({ Prefix, StartAfter = '', Delimiter, MaxKeys = 1000 }) => {
    const keys = [...objects.keys()].filter((key) => key.startsWith(Prefix) && key > StartAfter).sort();
    if (Delimiter === undefined) return { Contents: keys.slice(0, MaxKeys).map((Key) => ({ Key })) };
    const folders = new Set(keys.map((key) => key.slice(0, key.indexOf(Delimiter, Prefix.length) + 1)));
    return { CommonPrefixes: [...folders].map((folder) => ({ Prefix: folder })) };
  });
  return { objects, restore: () => s3.restore() };
}
