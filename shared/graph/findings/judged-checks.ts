import type { FindingsRecord } from '../../checks/finding.ts';
import type { FindingEvent } from '../../domain/alerts/compose-alert.ts';

/** Checks that were judged at some time, in order, and the instant each first was; graphs of before lack the instants. */
export type JudgedChecks = { readonly judged: readonly string[]; readonly judgedSince: readonly number[] };

const sinceOf = ({ judged, judgedSince }: JudgedChecks): Map<string, number> =>
  new Map(judged.map((check, index) => [check, judgedSince[index] ?? 0]));

/** The same after an evaluation. */
export function judgedAfter(before: JudgedChecks, { at, looks }: FindingsRecord): JudgedChecks {
  const since = sinceOf(before);
  for (const { check, judged } of looks) if (judged !== 'none' && !since.has(check)) since.set(check, at);
  const sorted = [...since].sort(([a], [b]) => (a < b ? -1 : 1));
  return { judged: sorted.map(([check]) => check), judgedSince: sorted.map(([, instant]) => instant) };
}

/**
 * Whether a change is news, or was there before meshgraph was. The first evaluation of a check finds what was there; a
 * check of traffic goes on finding it while callers come by, and what it tells until `learning` ms are over is held.
 */
export function newsOf(
  { finding: { check } }: FindingEvent,
  before: JudgedChecks,
  { at, looks }: FindingsRecord,
  learning: number,
): { readonly first: boolean; readonly heldUntil?: number } {
  const since = sinceOf(before).get(check);
  if (since === undefined) return { first: true };
  const learnsTraffic = looks.some((look) => look.check === check && look.traffic !== undefined);
  if (!learnsTraffic || at >= since + learning) return { first: false };
  return { first: true, heldUntil: since + learning };
}
