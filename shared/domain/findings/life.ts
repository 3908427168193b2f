import type { Severity } from '../../checks/check.ts';
import type { FindingState } from '../alerts/finding-change.ts';
import type { HistoryEntry } from './history.ts';

/** `until` is the first instant it no longer holds; epoch ms. */
export type Acceptance = {
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  readonly until: number;
};

/** What accepts a finding in the configuration, as long as it stands there. */
export type Exception = Pick<Acceptance, 'reason' | 'until'>;

export type Span = { readonly since: number; readonly until: number };

/** What the graph keeps of the life of a finding. All instants are epoch ms. */
export type Life = {
  readonly state: FindingState['state'];
  readonly severity: Severity;
  /** The evaluation that opened it, or opened it again. */
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  /** By hand: it holds until its end whatever is found, also when the finding went and came back. */
  readonly acceptance: Acceptance | null;
  /** By which exception the last evaluation that found it accepts it. */
  readonly exception: Exception | null;
  /** How much traffic, in ms, was looked at to find it: as much must be quiet before it is over. 0 = it is no matter of traffic. */
  readonly lookedBack: number;
  /** Traffic without a gap in which it was not seen, while that is less than `lookedBack`. */
  readonly quiet: Span | null;
  /** The check's parameters when it was last found, as `learning=7d`. */
  readonly parameters: readonly string[];
  /** Since when it opens and resolves again and again, while that is so. */
  readonly flappingSince: number | null;
  readonly history: readonly HistoryEntry[];
};

/** What an evaluation knew when it looked. `traffic` is what it saw of it without a gap; absent where a check needs none. */
type Looked = { readonly at: number; readonly traffic?: Span | undefined; readonly parameters: readonly string[] };

/**
 * What can happen to a finding: an evaluation finds it; one that could have seen all of it does not (`missed`); one cannot
 * tell (`unjudged`: sources unread, stale or with gaps); somebody accepts it; somebody ends an acceptance before its day.
 */
export type LifeEvent =
  | (Looked & { readonly kind: 'found'; readonly severity: Severity; readonly exception: Exception | null })
  | (Looked & { readonly kind: 'missed' })
  | { readonly kind: 'unjudged'; readonly at: number }
  | (Acceptance & { readonly kind: 'accepted' })
  | { readonly kind: 'withdrawn'; readonly at: number; readonly by: string; readonly reason: string };

export const holdsAt = (acceptance: Pick<Acceptance, 'until'> | null | undefined, at: number): boolean =>
  at < (acceptance?.until ?? 0);
