import { InvalidInputError } from '../domain/errors.ts';
import { formatInstant, parseInstant } from '../domain/instant.ts';

/** Instants as they were asked for: texts still. Absent ones have their defaults. */
export type AskedPeriod = { readonly at?: string | undefined; readonly since?: string | undefined };

export type Period = { readonly since: number; readonly at: number };

const DEFAULT_SINCE = '24h';

/** `[since, at)` in epoch milliseconds. `newest` is what `at` is by default. Throws InvalidInputError for an empty one. */
export function readPeriod(asked: AskedPeriod, newest: number, now: number): Period {
  const at = asked.at === undefined ? newest : parseInstant(asked.at, now);
  const since = parseInstant(asked.since ?? DEFAULT_SINCE, at);
  if (since < at) return { since, at };
  throw new InvalidInputError(`the period ends (${formatInstant(at)}) before it begins (${formatInstant(since)})`);
}
