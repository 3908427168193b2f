import { z } from 'zod';
import { rowOf } from '../rows-of.ts';

/** A row of the ledger's query: one traffic window, or the hour or day that `windows` of them were rolled up into. */
export const windowRow = rowOf(
  'window',
  z.object({
    from: z.number(),
    to: z.number(),
    /** Read entirely: what it does not tell of did not happen in it. */
    whole: z.boolean(),
    windows: z.number(),
    /** Where the first window of all begins. */
    began: z.number(),
  }),
);
export type WindowRow = z.infer<typeof windowRow>;

/** A half-open stretch of time, in epoch milliseconds. */
export type Stretch = { readonly from: number; readonly to: number };

/** When traffic was watched. Absence of a call is knowledge only there; elsewhere it is unknown. */
export type Watched = {
  /** Where watching began; undefined where it never did. */
  readonly began: number | undefined;
  /** Length of the newest window, in milliseconds; 0 where there is none. */
  readonly windowMs: number;
  /** Windows that were read entirely, joined where they meet, ascending. */
  readonly stretches: readonly Stretch[];
};

export function transformWatched(rows: readonly WindowRow[]): Watched {
  const windows = rows.map(({ told }) => told).sort((a, b) => a.from - b.from);
  const newest = windows.at(-1);
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of windows.filter(({ whole }) => whole)) {
    const last = stretches.at(-1);
    if (last && last.to >= from) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return {
    began: newest?.began,
    windowMs: newest ? (newest.to - newest.from) / newest.windows : 0,
    stretches,
  };
}

/** How much of `[from, to)` was watched, in milliseconds. */
export const watchedMs = ({ stretches }: Watched, from: number, to: number): number =>
  stretches.reduce((sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)), 0);

/** How long nothing must be seen of something that is watched before it counts as over: three windows unless said. */
export const quietMs = (watched: Watched, asked: unknown): number =>
  typeof asked === 'number' ? asked : 3 * watched.windowMs;

/** Whether nothing was seen before `from` because nothing was there, or because nobody watched. */
export const beforeIt = ({ stretches }: Watched, from: number): 'watched' | 'unwatched' =>
  stretches.some((one) => one.from < from && one.to >= from) ? 'watched' : 'unwatched';

/** What became of something last seen until `to`, as of `at`: over only where its absence was watched for `quiet`. */
export function afterIt(watched: Watched, to: number, at: number, quiet: number): 'ended' | 'goes on' | 'unknown' {
  if (to < at && watchedMs(watched, to, at) >= quiet) return 'ended';
  return at - to < Math.max(quiet, 1) ? 'goes on' : 'unknown';
}
