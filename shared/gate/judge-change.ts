import type { Severity } from '../checks/check.ts';
import type { EntityModel } from '../domain/entity-model.ts';
import { openedWays } from './access/opened-ways.ts';
import type { Baseline } from './baseline.ts';
import { turnedCalls } from './calls/turned-calls.ts';
import type { Change } from './change.ts';
import { judgedChange } from './judged-change.ts';
import type { Fate } from './lay-over.ts';
import type { GateFinding, GateReport } from './report.ts';
import type { AnyRule, JudgedChange, Violation } from './rule.ts';
import { openedEgress } from './rules/access/egress-opened.ts';
import { toFinding } from './to-finding.ts';

/** A rule with what the configuration makes of it. `until` is the first instant an exception no longer holds. */
export type ChosenRule = {
  readonly rule: AnyRule;
  readonly severity: Severity | undefined;
  readonly exceptions: readonly { where: Readonly<Record<string, string>>; reason: string; until: number }[];
};

export type GateSettings = {
  readonly model: EntityModel;
  readonly rules: readonly ChosenRule[];
  readonly now: number;
};

/** Judges a change against the mesh before it. Pure: how old a baseline may be (`unjudged`) is for the caller to say. */
export const judgeChange = (baseline: Baseline, change: Change, settings: GateSettings): Promise<GateReport> =>
  judgeRules(judgedChange(baseline, change, settings.model), settings);

/** The same of a change of which both sides are worked out already. */
export async function judgeRules(judged: JudgedChange, settings: Omit<GateSettings, 'model'>): Promise<GateReport> {
  const { baseline } = judged;
  return {
    schema: 'meshgraph.gate/v1',
    cluster: baseline.cluster,
    at: baseline.at,
    traffic: trafficSeen(baseline),
    objects: fates(judged),
    ...(await findingsOf(judged, settings)),
    calls: turnedCalls(judged),
    opened: [...openedWays(judged), ...openedEgress(judged)],
    unjudged: [],
    notes: [...baseline.notes],
  };
}

type Told = Pick<GateReport, 'findings' | 'existing' | 'skipped' | 'expired'>;

async function findingsOf(judged: JudgedChange, { rules, now }: Omit<GateSettings, 'model'>): Promise<Told> {
  const told: Told = { findings: [], existing: [], skipped: [], expired: [] };
  for (const chosen of rules) {
    const { caused, existing } = chosen.rule.judge(judged);
    const findingOf = (violation: Violation): Promise<GateFinding> =>
      toFinding(chosen.rule, chosen.severity, violation, judged);
    for (const violation of caused) {
      const finding = await findingOf(violation);
      const excepted = exceptionFor(chosen, violation);
      if (excepted && excepted.until > now) told.skipped.push({ finding, ...excepted });
      else told.findings.push(finding);
      if (excepted && excepted.until <= now) told.expired.push({ finding, ...excepted });
    }
    for (const violation of existing) {
      const excepted = exceptionFor(chosen, violation);
      if (!excepted || excepted.until <= now) told.existing.push(await findingOf(violation));
    }
  }
  return told;
}

/** Of several exceptions that fit the one that holds longest. */
function exceptionFor({ exceptions }: ChosenRule, { row }: Violation): { reason: string; until: number } | undefined {
  const fits = exceptions.filter(({ where }) =>
    Object.entries(where).every(([column, wanted]) => [row[column]].flat().map(String).includes(wanted)),
  );
  const [longest] = fits.toSorted((a, b) => b.until - a.until);
  return longest && { reason: longest.reason, until: longest.until };
}

function trafficSeen({ traffic }: Baseline): GateReport['traffic'] {
  const { edges, partialWindows, ...period } = traffic;
  const total = (unit: string): number => edges.reduce((sum, edge) => sum + (edge.unit === unit ? edge.count : 0), 0);
  return { ...period, edges: edges.length, requests: total('requests'), connections: total('connections') };
}

function fates({ laid }: JudgedChange): GateReport['objects'] {
  const given = [...laid.given.values()];
  const of = (wanted: Fate): number => given.filter(({ fate }) => fate === wanted).length;
  return { added: of('added'), changed: of('changed'), unchanged: of('unchanged'), removed: laid.removed.size };
}
