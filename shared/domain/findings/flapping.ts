import { formatDuration } from '../duration.ts';
import { formatInstant } from '../instant.ts';
import type { HistoryEntry } from './history.ts';

/** A finding that opens for the `times`-th time `within` so many milliseconds is flapping. */
export type FlappingRule = { readonly times: number; readonly within: number };

export const DEFAULT_FLAPPING: FlappingRule = { times: 3, within: 7 * 86_400_000 };

/** How often it opened, and since when. */
export type Flapping = { readonly times: number; readonly since: number };

/** The times it opened because it was found, up to `at` and not longer ago than the rule says. The end of an acceptance is none. */
export function openingsWithin(history: readonly HistoryEntry[], at: number, { within }: FlappingRule): Flapping {
  const openings = history.filter(
    (entry, index) =>
      entry.state === 'open' && entry.at > at - within && (history[index - 1]?.state ?? 'resolved') === 'resolved',
  );
  return { times: openings.length, since: openings[0]?.at ?? at };
}

/** Whether it kept its state for as long as the rule looks back. */
export const isSteady = (history: readonly HistoryEntry[], at: number, { within }: FlappingRule): boolean =>
  (history.at(-1)?.at ?? 0) <= at - within;

export const tellFlapping = ({ times, since }: Flapping, { within }: FlappingRule): string =>
  `flapping: opened ${times} times since ${formatInstant(since)}; it is not told again before it was steady for ${formatDuration(within)}`;
