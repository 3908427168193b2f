import type { Horizon } from '../domain/compaction/horizon.ts';
import { keptNotes } from '../domain/compaction/kept-notes.ts';
import { formatDuration } from '../domain/duration.ts';
import { formatInstant } from '../domain/instant.ts';
import type { CheckNeeds } from './check.ts';

/** The newest scan up to the instant asked about. `complete` = it read everything it should have. */
export type NewestScan = { readonly at: number; readonly complete: boolean };

/** What the ledger says is known of one cluster as of an instant. Instants are epoch milliseconds. */
export type Knowledge = {
  readonly traffic: NewestScan | undefined;
  /** Where the first traffic window begins. */
  readonly watchedSince: number | undefined;
  /** Part of the period asked about that traffic windows cover, and how many of these were read only in part. */
  readonly trafficCoveredMs: number;
  readonly partialWindows: number;
  /** The newest scan that read a fact family whole. */
  readonly families: Readonly<Record<string, number>>;
  /** Since when what is kept; `undefined` while all is. */
  readonly kept?: Horizon | undefined;
};

export type BlindSpot = { readonly reason: string; readonly stale: boolean };

/**
 * Why a check cannot be judged as of `at`, or nothing when it can. `stale` ones are known, only too old: the user may
 * accept that. What was never read cannot be judged at all.
 */
export function blindSpot(
  needs: CheckNeeds,
  knowledge: Knowledge,
  at: number,
  staleAfterMs: number,
): BlindSpot | undefined {
  const sources: [string, number | undefined][] = needs.families.map((family) => [
    `scan of the cluster with ${family}`,
    knowledge.families[family],
  ]);
  if (needs.traffic) sources.unshift(['traffic window', knowledge.traffic?.at]);
  const missing = sources.find(([, newest]) => newest === undefined);
  if (missing) return { reason: `no ${missing[0]} up to ${formatInstant(at)}`, stale: false };
  const old = sources.find(([, newest]) => at - (newest ?? at) > staleAfterMs);
  if (!old) return undefined;
  const [source, newest = at] = old;
  const age = formatDuration(at - newest);
  return {
    reason: `the newest ${source} is of ${formatInstant(newest)}, ${age} before ${formatInstant(at)}`,
    stale: true,
  };
}

/** Why a check has nothing to say yet: it learns from what it watches, and has not watched for long enough as of `at`. */
export function stillLearning(
  { watchedFor }: CheckNeeds,
  { watchedSince = 0 }: Knowledge,
  at: number,
  parameters: Readonly<Record<string, number>>,
): string | undefined {
  const wanted = watchedFor === undefined ? 0 : (parameters[watchedFor] ?? 0);
  if (at - watchedSince >= wanted) return undefined;
  return `not judged yet: watched since ${formatInstant(watchedSince)}, and ${watchedFor} takes ${formatDuration(wanted)}`;
}

type Coverage = Pick<Knowledge, 'trafficCoveredMs' | 'partialWindows' | 'kept'>;

/** What a clean answer for the period does not cover, one sentence each. */
export function coverageNotes(knowledge: Coverage, period: { since: number; at: number }): string[] {
  const span = period.at - period.since;
  const notes: string[] = [];
  if (knowledge.trafficCoveredMs < span) {
    notes.push(
      `traffic is known for ${formatDuration(knowledge.trafficCoveredMs)} of the ${formatDuration(span)} asked about`,
    );
  }
  const { partialWindows } = knowledge;
  if (partialWindows > 0) {
    const windows = partialWindows === 1 ? '1 traffic window was' : `${partialWindows} traffic windows were`;
    notes.push(`${windows} read only in part`);
  }
  if (knowledge.kept) notes.push(...keptNotes(knowledge.kept, period));
  return notes;
}
