import type { SQSRecord } from 'aws-lambda';
import { mayPass } from './may-pass.ts';

export type Outcome = { readonly record: SQSRecord; readonly error: unknown };

/** Why a message behind a failed one of its group was not tried. */
export class HeldBackError extends Error {}

/**
 * Works on the records of one batch, one after another, and tells which to return and why. In a FIFO queue a failure that
 * may pass ends its group: what is behind it is returned untried, so that order is kept. One that no retry will help holds
 * up nobody: it is on its way to the dead-letter queue, and messages held back with it would be counted as often received
 * and end there too. Once `stopped` gives a reason all that is left is returned with it.
 */
export async function workThroughBatch(
  records: readonly SQSRecord[],
  work: (record: SQSRecord) => Promise<void>,
  stopped: () => Error | undefined,
): Promise<Outcome[]> {
  const failed: Outcome[] = [];
  const broken = new Map<string, unknown>();
  for (const record of records) {
    const group = fifoGroup(record);
    const reason = stopped() ?? (group !== undefined && broken.has(group) ? heldBack(broken.get(group)) : undefined);
    const error = reason ?? (await attempt(work, record));
    if (error === undefined) continue;
    failed.push({ record, error });
    if (group !== undefined && mayPass(error)) broken.set(group, error);
  }
  return failed;
}

const heldBack = (cause: unknown): HeldBackError =>
  new HeldBackError('an earlier message of its group failed', { cause });

async function attempt(work: (record: SQSRecord) => Promise<void>, record: SQSRecord): Promise<unknown> {
  try {
    await work(record);
    return undefined;
  } catch (error) {
    return error ?? new Error('failed without a reason');
  }
}

/** Standard queues have groups too (fair queues), but no order to keep. */
const fifoGroup = ({ eventSourceARN, attributes }: SQSRecord): string | undefined =>
  eventSourceARN.endsWith('.fifo') ? attributes.MessageGroupId : undefined;
