import { formatInstant } from '../instant.ts';
import { bucketOf, dayOf } from '../traffic-series/bucket.ts';
import type { Horizon } from './horizon.ts';

type Kept = Omit<Horizon, 'findingsSince'>;

/** What an answer for `[since, at)` owes to what the graph does not keep any more, one sentence each. */
export function keptNotes(kept: Kept, { since, at }: { readonly since: number; readonly at: number }): string[] {
  const edges = [since, at];
  const byMonth = edges.filter((edge) => edge < kept.daysSince);
  const byDay = edges.filter((edge) => edge >= kept.daysSince && edge < kept.windowsSince);
  const notes: string[] = [];
  if (since < kept.monthsSince) notes.push(`traffic before ${formatInstant(kept.monthsSince)} is forgotten`);
  if (byMonth.some((edge) => edge >= kept.monthsSince && bucketOf(edge, 'month') !== edge)) {
    notes.push(
      `traffic before ${formatInstant(kept.daysSince)} is kept by the month: of a month the period cuts, all is told`,
    );
  }
  if (byDay.some((edge) => dayOf(edge) !== edge)) {
    notes.push(
      `traffic before ${formatInstant(kept.windowsSince)} is kept by the day: of a day the period cuts, all is told`,
    );
  }
  if (since < kept.factsSince) {
    notes.push(
      `what was gone before ${formatInstant(kept.factsSince)} is forgotten, and how things were described before`,
    );
  }
  return notes;
}
