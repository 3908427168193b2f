import type { Severity } from '../../checks/check.ts';
import { SEVERITIES } from '../../checks/check.ts';

/** What can happen to a finding that somebody may want to hear of. */
export const FINDING_CHANGES = ['opened', 'reopened', 'escalated', 'eased', 'accepted', 'resolved'] as const;
export type FindingChange = (typeof FINDING_CHANGES)[number];

/** What the graph last knew of a finding. `wasOpen` = it was open at some time, so somebody may have been told of it. */
export type FindingState = {
  readonly state: 'open' | 'accepted' | 'resolved';
  readonly severity: Severity;
  readonly wasOpen: boolean;
};

type Found = { readonly state: 'open' | 'accepted'; readonly severity: Severity };

/**
 * The change an evaluation makes to a finding, or none. `before` is undefined for one never seen, `found` for one that
 * its check no longer finds. What was never told as open is not told as accepted or resolved either.
 */
export function changeOf(before: FindingState | undefined, found: Found | undefined): FindingChange | undefined {
  if (!found) return before?.state === 'open' ? 'resolved' : undefined;
  if (found.state === 'accepted') return before?.state === 'open' ? 'accepted' : undefined;
  if (!before?.wasOpen) return 'opened';
  if (before.state !== 'open') return 'reopened';
  const graver = SEVERITIES.indexOf(before.severity) - SEVERITIES.indexOf(found.severity);
  if (graver === 0) return undefined;
  return graver > 0 ? 'escalated' : 'eased';
}
