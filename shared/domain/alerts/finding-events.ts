import type { Severity } from '../../checks/check.ts';
import type { Finding, FindingsRecord } from '../../checks/finding.ts';
import type { FindingEvent } from './compose-alert.ts';
import { changeOf, type FindingState } from './finding-change.ts';

/** A finding as the graph has it before an evaluation. `acceptedUntil` is the end of an acceptance by hand. Epoch ms. */
export type StoredFinding = Omit<Finding, 'severity'> &
  FindingState & {
    readonly severity: Severity;
    readonly openedAt: number;
    readonly acceptedUntil: number | null;
    readonly namespaces: readonly string[];
    readonly owners: readonly string[];
  };

export type FoundFinding = { readonly finding: Finding; readonly state: 'open' | 'accepted' };

/**
 * What an evaluation found, each with the state it is now in, and what changed for those who want to hear of it. Only a
 * check that could be judged ends findings. Namespaces and owners are those the graph last knew.
 */
export function findingEvents(
  stored: readonly StoredFinding[],
  { cluster, at, judged, open, accepted }: FindingsRecord,
): { readonly found: readonly FoundFinding[]; readonly events: readonly FindingEvent[] } {
  const before = new Map(stored.map((finding) => [finding.key, finding]));
  const holds = ({ key }: Finding): boolean => at < (before.get(key)?.acceptedUntil ?? 0);
  const found: FoundFinding[] = [
    ...open.map((finding) => ({ finding, state: holds(finding) ? ('accepted' as const) : ('open' as const) })),
    ...accepted.map((finding) => ({ finding, state: 'accepted' as const })),
  ];
  const keys = new Set(found.map(({ finding }) => finding.key));
  const over = stored.filter(({ key, check }) => judged.includes(check) && !keys.has(key));
  const events = [
    ...found.map(({ finding, state }) => eventOf(finding, before.get(finding.key), state)),
    ...over.map((finding) => eventOf(finding, finding, undefined)),
  ];
  return { found, events: events.filter((event) => event !== undefined) };

  function eventOf(
    finding: Finding,
    last: StoredFinding | undefined,
    state: FoundFinding['state'] | undefined,
  ): FindingEvent | undefined {
    const change = changeOf(last, state && { state, severity: finding.severity });
    if (change === undefined) return undefined;
    return {
      change,
      at,
      cluster,
      openedAt: last === undefined || last.state === 'resolved' ? at : last.openedAt,
      ...(last && ['escalated', 'eased'].includes(change) && { previousSeverity: last.severity }),
      finding,
      namespaces: last?.namespaces ?? [],
      owners: last?.owners ?? [],
    };
  }
}
