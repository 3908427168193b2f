import type { Severity } from '../checks/check.ts';
import type { Configuration } from '../domain/configuration.ts';
import { configuredRules } from './configured-rules.ts';
import { judgeRules } from './judge-change.ts';
import type { GateReport } from './report.ts';
import type { AnyRule, JudgedChange } from './rule.ts';

export type Judging = {
  readonly configuration: Pick<Configuration, 'gate'>;
  readonly now: number;
  /** What to know of the change, and why it cannot be judged on this baseline: one sentence each. */
  readonly notes: readonly string[];
  readonly unjudged: readonly string[];
  /** Rules of the user's own that judge beside the built-in ones. */
  readonly ownRules?: readonly AnyRule[];
};

export type GateJudgement = {
  readonly report: GateReport;
  /** Ids of the rules that judged. */
  readonly rules: readonly string[];
  /** The severity from which on findings fail, unless whoever asks says otherwise. */
  readonly failOn: Severity;
};

const NO_RULE = 'the configuration turns every rule of the gate off';

/** Both sides of a change judged as the configuration says: what the command prints and the API answers. */
export async function judgeAsConfigured(judged: JudgedChange, judging: Judging): Promise<GateJudgement> {
  const { gate } = judging.configuration;
  const rules = configuredRules(gate, judging.ownRules);
  const report = await judgeRules(judged, { rules, now: judging.now });
  return {
    report: {
      ...report,
      notes: [...report.notes, ...judging.notes],
      unjudged: [...report.unjudged, ...judging.unjudged, ...(rules.length === 0 ? [NO_RULE] : [])],
    },
    rules: rules.map(({ rule }) => rule.id),
    failOn: gate.failOn,
  };
}
