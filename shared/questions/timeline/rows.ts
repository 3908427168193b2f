import { z } from 'zod';
import { rowOf } from '../rows-of.ts';
import { windowRow } from '../watched/watched.ts';

const pair = { fromKey: z.string(), from: z.string(), toKey: z.string(), to: z.string() };
const instants = z.array(z.number()).nullable();

/** What the queries of the question answer, by what it tells of. */
export const timelineRow = z.union([
  windowRow,
  rowOf(
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
  rowOf('pair', z.object({ ...pair, first: z.number(), last: z.number() })),
  rowOf(
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
  rowOf(
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

/** One thing that happened. `keys` are the nodes it happened to. */
export type Happening = {
  readonly at: number;
  readonly what: string;
  readonly entity: string;
  readonly detail: string | null;
  readonly keys: readonly string[];
};
