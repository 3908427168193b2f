import { afterIt, beforeIt, type Stretch, type Watched, watchedMs } from './watched.ts';

/** Windows in a row in which something was seen; `count` is of those within the period asked about. */
export type Run = Stretch & { readonly count: number };

/**
 * From when to when something went on. `began`: it was seen to begin; it went on already when the look began; or nobody
 * watched before. `ended`: it was seen to end; it goes on; or nobody watched after. `unwatchedMs` of it went unwatched.
 */
export type Span = Stretch & {
  readonly count: number;
  readonly began: 'began' | 'earlier' | 'unknown';
  readonly ended: 'ended' | 'goes on' | 'unknown';
  readonly unwatchedMs: number;
};

export type Look = {
  readonly watched: Watched;
  /** What was read: runs of `[since, at)`. */
  readonly since: number;
  readonly at: number;
  /** How long nothing must be seen, while watched, for a span to be over. */
  readonly quiet: number;
  /** It was seen before `since` as well. */
  readonly earlier: boolean;
};

/**
 * Runs as spans. A silence parts two spans only where it was watched for long enough: over a gap nobody knows, so the span
 * is told as one, with how much of it went unwatched.
 */
export function spansOf(runs: readonly Run[], look: Look): Span[] {
  const { watched, quiet } = look;
  const joined: { from: number; to: number; count: number; unwatchedMs: number }[] = [];
  for (const run of runs.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || watchedMs(watched, last.to, run.from) >= Math.max(quiet, 1)) {
      joined.push({ from: run.from, to: run.to, count: run.count, unwatchedMs: 0 });
      continue;
    }
    const silence = Math.max(0, run.from - last.to);
    last.unwatchedMs += silence - watchedMs(watched, last.to, last.to + silence);
    last.to = Math.max(last.to, run.to);
    last.count += run.count;
  }
  return joined.map((span, index) => ({
    ...span,
    began: index > 0 ? 'began' : beginningOf(span.from, look),
    ended: index < joined.length - 1 ? 'ended' : afterIt(watched, span.to, look.at, quiet),
  }));
}

function beginningOf(from: number, { watched, since, quiet, earlier }: Look): Span['began'] {
  if (from > since && watchedMs(watched, since, from) >= quiet) return 'began';
  if (earlier) return 'earlier';
  return beforeIt(watched, from) === 'watched' ? 'began' : 'unknown';
}
