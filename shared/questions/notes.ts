import type { Freshness } from '../domain/api/freshness.ts';
import { formatDuration } from '../domain/duration.ts';
import { formatInstant } from '../domain/instant.ts';

/** That not all rows are told, where not all are. */
export const cutNote = (total: number, limit: number): string[] =>
  total > limit ? [`of ${total} rows the first ${limit} are told: ask for more by limit, or about less`] : [];

/** How new what the answer goes by is, measured from the instant it is of. */
export function freshnessNote({ at, newest }: Freshness): string {
  const told = (what: string, instant: number | null): string =>
    instant === null ? `no ${what}` : `${what} of ${formatInstant(instant)} (${formatDuration(at - instant)} before)`;
  return `as of ${formatInstant(at)} the newest are: ${told('traffic window', newest.traffic)}, ${told('scan of the cluster', newest.cluster)}`;
}
