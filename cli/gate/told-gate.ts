import type { Severity } from '../../shared/checks/check.ts';
import type { GateOutcome } from '../../shared/gate/outcome.ts';
import type { GateFinding, GateReport } from '../../shared/gate/report.ts';
import type { AnyRule } from '../../shared/gate/rule.ts';
import { GATE_RULES } from '../../shared/gate/rules/registry.ts';
import { lastDay } from '../../shared/gate/telling/amounts.ts';

/** A report with what it comes to: what every way to print the gate is given. */
export type ToldGate = {
  readonly report: GateReport;
  readonly outcome: GateOutcome;
  readonly failOn: Severity;
  readonly all: boolean;
  /** Where the manifests begin: what no line of them is to blame for is shown there. */
  readonly begin: { readonly file: string; readonly line: number };
  /** Ids of the rules that judged. */
  readonly rules: readonly string[];
  /** What those of the user's own say of themselves. */
  readonly ownRules: readonly Description[];
  readonly version: string;
};

type Description = Pick<AnyRule, 'id' | 'group' | 'title' | 'severity' | 'rationale' | 'remedy'>;

const RULES = new Map<string, Description>(GATE_RULES.map((rule) => [rule.id, rule]));

/** What there is to say of a rule; of one that this version does not know, its name. */
export const describeRule = ({ ownRules }: Pick<ToldGate, 'ownRules'>, id: string): Description =>
  RULES.get(id) ??
  ownRules.find((rule) => rule.id === id) ?? {
    id,
    group: 'policy',
    title: id,
    severity: 'medium',
    rationale: id,
    remedy: 'see where it is from',
  };

/** `shop/policy.yaml:12`; null = no line is to blame. */
export const shownPlace = ({ place }: GateFinding): string | null => place && `${place.file}:${place.line}`;

/** What a finding says; of one whose exception is over, that too. */
export function fullMessage({ expired }: GateReport): (finding: GateFinding) => string {
  const over = new Map(expired.map(({ finding, reason, until }) => [finding.fingerprint, { reason, until }]));
  return ({ message, fingerprint }) => {
    const late = over.get(fingerprint);
    return late ? `${message} (excepted until ${lastDay(late.until)}: ${late.reason})` : message;
  };
}

export const byRule = (findings: readonly GateFinding[]): [rule: string, findings: GateFinding[]][] => [
  ...Map.groupBy(findings, ({ rule }) => rule),
];

/** What it comes to, in words: `3 findings, 2 fail at or over high; 1 excepted`. */
export function statusWords({ report, outcome, failOn }: ToldGate): string {
  const { failing, passing } = outcome;
  const found = failing.length + passing.length;
  const findings = found === 1 ? '1 finding' : `${found} findings`;
  const words = [found === 0 ? 'nothing found' : `${findings}, ${failing.length} fail at or over ${failOn}`];
  if (report.skipped.length > 0) words.push(`${report.skipped.length} excepted`);
  if (report.unjudged.length > 0) words.push('cannot be judged');
  return words.join('; ');
}
