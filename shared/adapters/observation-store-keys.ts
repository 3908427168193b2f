import { ListObjectsV2Command, type ListObjectsV2CommandInput, type S3Client } from '@aws-sdk/client-s3';
import { awsError } from '../domain/aws-error.ts';

export type KeyListing = {
  readonly prefix: string;
  /** Only keys behind this one, which need not exist. */
  readonly after?: string;
  /** Only the first so many. */
  readonly limit?: number;
};

export type ListKeys = {
  /** Keys in their order, page after page. */
  (listing: KeyListing): Promise<string[]>;
  /** The names of what looks like folders below a prefix. */
  readonly folders: (prefix: string) => Promise<string[]>;
};

export function listKeys(client: S3Client, bucket: string): ListKeys {
  const page = (input: Omit<ListObjectsV2CommandInput, 'Bucket'>) =>
    client.send(new ListObjectsV2Command({ Bucket: bucket, ...input })).catch((error) => {
      throw awsError(error, {
        doing: `listing s3://${bucket}/${input.Prefix}`,
        action: 's3:ListBucket',
        whenMissing: 'there is no such bucket: check its name and region',
      });
    });
  const all = async <Item>(
    input: Omit<ListObjectsV2CommandInput, 'Bucket'>,
    itemsOf: (answer: Awaited<ReturnType<typeof page>>) => readonly Item[],
    limit: number,
  ): Promise<Item[]> => {
    const items: Item[] = [];
    let token: string | undefined;
    do {
      const answer = await page({ ...input, ...(token !== undefined && { ContinuationToken: token }) });
      items.push(...itemsOf(answer));
      token = answer.NextContinuationToken;
    } while (token !== undefined && items.length < limit);
    return items;
  };
  const list = ({ prefix, after, limit }: KeyListing): Promise<string[]> =>
    all(
      {
        Prefix: prefix,
        ...(after !== undefined && { StartAfter: after }),
        ...(limit !== undefined && { MaxKeys: limit }),
      },
      ({ Contents = [] }) => Contents.flatMap(({ Key }) => Key ?? []),
      limit ?? Number.POSITIVE_INFINITY,
    );
  const folders = (prefix: string): Promise<string[]> =>
    all(
      { Prefix: prefix, Delimiter: '/' },
      ({ CommonPrefixes = [] }) => CommonPrefixes.flatMap(({ Prefix }) => Prefix?.slice(prefix.length, -1) ?? []),
      Number.POSITIVE_INFINITY,
    );
  return Object.assign(list, { folders });
}
