import { z } from 'zod';
import { windowRow } from '../watched/watched.ts';

const row = <What extends string, Told extends z.ZodType>(what: What, told: Told) =>
  z.object({ what: z.literal(what), told });

const pair = { fromKey: z.string(), from: z.string(), toKey: z.string(), to: z.string() };
const instants = z.array(z.number()).nullable();

/** What the queries of the question answer, by what it tells of. */
export const timelineRow = z.union([
  windowRow,
  row(
    'fact',
    z.object({
      at: z.number(),
      event: z.string(),
      detail: z.string().nullable(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      label: z.string(),
      key: z.string(),
      name: z.string().nullable(),
      otherKey: z.string().nullable(),
      other: z.string().nullable(),
    }),
  ),
  row('pair', z.object({ ...pair, first: z.number(), last: z.number() })),
  row(
    'denial',
    z.object({
      ...pair,
      verdict: z.string(),
      port: z.number(),
      policy: z.string().nullable(),
      first: z.number(),
      last: z.number(),
      total: z.number(),
      /** Its windows: starts, lengths, and how many were turned away in each; null where it was rolled up. */
      at: instants,
      length: instants,
      counts: instants,
    }),
  ),
  row(
    'finding',
    z.object({
      key: z.string(),
      check: z.string(),
      message: z.string(),
      severity: z.string(),
      history: z.array(z.string()),
    }),
  ),
]);
export type TimelineRow = z.infer<typeof timelineRow>;
export type Told<What extends TimelineRow['what']> = Extract<TimelineRow, { what: What }>['told'];

export const toldOf = <What extends TimelineRow['what']>(rows: readonly TimelineRow[], what: What): Told<What>[] =>
  rows.flatMap((one) => (one.what === what ? [one.told as Told<What>] : []));

/** One thing that happened. `keys` are the nodes it happened to. */
export type Happening = {
  readonly at: number;
  readonly what: string;
  readonly entity: string;
  readonly detail: string | null;
  readonly keys: readonly string[];
};
