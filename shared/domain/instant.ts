import { parseDuration } from './duration.ts';
import { InvalidInputError } from './errors.ts';

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * An instant as people write it, in epoch milliseconds: ISO 8601 with a zone (`2026-11-23T17:54:00Z`), a date (midnight
 * UTC), `now`, or a span before `anchor` (`2h`, `-2h`, `2h ago`). A time without a zone is refused: it would mean
 * another instant on the next machine.
 */
export function parseInstant(text: string, anchor: number): number {
  if (text === 'now') return anchor;
  const span = /^-?((?:\d+[smhdw])+)(?: ago)?$/.exec(text)?.[1];
  if (span !== undefined) return anchor - parseDuration(span);
  const instant = ISO.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw new InvalidInputError(
      `an instant is written like 2026-11-23T17:54:00Z, 2026-11-23, now, or -2h for two hours before, not "${text}"`,
    );
  }
  return instant;
}

/** The first instant (epoch ms) after a day of UTC, which is written like 2027-03-31. */
export const endOfDay = (day: string): number => Date.parse(day) + parseDuration('1d');

/** Epoch milliseconds as ISO 8601 in UTC; whole seconds carry no fraction. */
export const formatInstant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
