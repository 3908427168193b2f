import { DAY_MS } from '../../domain/traffic-series/bucket.ts';

/** What was going on when a period begins is looked for this long before it. The queries say the same. */
export const LOOK_BACK_MS = DAY_MS;

/** The parameter that says when something that was seen in some windows, and not in later ones, is over. */
export const QUIET = {
  name: 'quiet',
  meaning: 'how long nothing must have been seen of it, while watched, for it to be over (default: three windows)',
  kind: 'duration',
  defaultMs: null,
} as const;
