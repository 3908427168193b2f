/** One reading of one window. `complete`: nothing was left unread. */
export type Reading = { readonly complete: boolean; readonly readAt: number; readonly digest: string };

/**
 * What to do with a reading: `append` a window never touched, `replace` what another reading (or a write that broke off)
 * left of it, or nothing, since it is a `duplicate` of what stands or `superseded` by it. Of two readings of a window the
 * later counts, and of two read at once the one with the greater digest; but one that could not read everything never
 * takes the place of one that did, or a partial read would delete.
 */
export type Verdict = 'append' | 'replace' | 'duplicate' | 'superseded';

/** `recorded` are the finished readings of the same window; `dirty` tells that a write of it began and did not finish. */
export function judgeReading(reading: Reading, recorded: readonly Reading[], dirty: boolean): Verdict {
  const standing = recorded.reduce<Reading | undefined>(
    (best, next) => (best && order(best, next) > 0 ? best : next),
    undefined,
  );
  if (!standing) return dirty ? 'replace' : 'append';
  const newer = order(reading, standing);
  if (newer < 0) return 'superseded';
  return newer === 0 && !dirty ? 'duplicate' : 'replace';
}

function order(a: Reading, b: Reading): number {
  if (a.complete !== b.complete) return a.complete ? 1 : -1;
  if (a.readAt !== b.readAt) return a.readAt - b.readAt;
  if (a.digest === b.digest) return 0;
  return a.digest < b.digest ? -1 : 1;
}
