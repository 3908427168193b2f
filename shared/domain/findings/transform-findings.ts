import type { Finding, FindingsRecord, Look } from '../../checks/finding.ts';
import type { FindingEvent } from '../alerts/compose-alert.ts';
import type { Exception, Life } from './life.ts';
import { live } from './live.ts';
import type { Told } from './tell.ts';

/** A finding as the graph has it before an evaluation, with the namespaces and owners it last knew. */
export type StoredFinding = {
  readonly finding: Finding;
  readonly life: Life;
  readonly namespaces: readonly string[];
  readonly owners: readonly string[];
};

/**
 * A finding an evaluation had to do with. `found` = it is there; else its check no longer finds it, or could not tell.
 * `moved` = it entered another state.
 */
export type EvaluatedFinding = {
  readonly finding: Finding;
  readonly life: Life;
  readonly found: boolean;
  readonly moved: boolean;
};

/**
 * The findings of a cluster after an evaluation, and what changed for those who want to hear of it. `stored` are those that
 * are not over, that flap, and those found again. Findings of checks that were not evaluated (turned off, or not asked)
 * stay as they are.
 */
export function transformFindings(
  stored: readonly StoredFinding[],
  { cluster, at, looks, open, accepted, telling }: FindingsRecord,
): { readonly evaluated: readonly EvaluatedFinding[]; readonly events: readonly FindingEvent[] } {
  const before = new Map(stored.map((one) => [one.finding.key, one]));
  const lookOf = new Map(looks.map((look) => [look.check, look]));
  const evaluated: EvaluatedFinding[] = [];
  const events: FindingEvent[] = [];

  const find = (finding: Finding, exception: Exception | null): void => {
    const { traffic, parameters = [] } = lookOf.get(finding.check) ?? ({} as Partial<Look>);
    const known = before.get(finding.key);
    const event = { kind: 'found', at, severity: finding.severity, exception, traffic, parameters } as const;
    const { after, told } = live(known?.life, event, telling.flapping);
    evaluated.push({ finding, life: after, found: true, moved: after.state !== known?.life.state });
    if (told) events.push(eventOf({ cluster, at, finding, before: known, told }));
  };
  for (const finding of open) find(finding, null);
  for (const { finding, reason, until } of accepted) find(finding, { reason, until });

  const keys = new Set(evaluated.map(({ finding }) => finding.key));
  for (const known of stored.filter(({ finding }) => !keys.has(finding.key))) {
    const look = lookOf.get(known.finding.check);
    if (look === undefined) continue;
    const event =
      look.judged === 'whole' ? ({ ...look, kind: 'missed', at } as const) : ({ kind: 'unjudged', at } as const);
    const { after, told } = live(known.life, event, telling.flapping);
    const moved = after.state !== known.life.state;
    if (after !== known.life || look.judged === 'whole') {
      evaluated.push({ finding: known.finding, life: after, found: false, moved });
    }
    if (told) events.push(eventOf({ cluster, at, finding: known.finding, before: known, told }));
  }
  return { evaluated, events };
}

type Change = {
  readonly cluster: string;
  readonly at: number;
  readonly finding: FindingEvent['finding'];
  readonly before: Omit<StoredFinding, 'finding'> | undefined;
  readonly told: Told;
};

/** A change as an alert tells it. What is back opened now, what was accepted is open since it was first found. */
export function eventOf({ cluster, at, finding, before, told }: Change): FindingEvent {
  const { change, note, flapping } = told;
  const last = before?.life;
  return {
    change,
    at,
    cluster,
    openedAt: last === undefined || (last.state === 'resolved' && change !== 'resolved') ? at : last.openedAt,
    ...(last && ['escalated', 'eased'].includes(change) && { previousSeverity: last.severity }),
    ...(note !== undefined && { note }),
    ...(flapping && { flapping }),
    finding,
    namespaces: before?.namespaces ?? [],
    owners: before?.owners ?? [],
  };
}
