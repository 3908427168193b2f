import type { GateFinding } from '../../shared/gate/report.ts';
import { lastDay } from '../../shared/gate/telling/amounts.ts';
import type { SarifRun } from '../output/sarif.ts';
import { describeRule, fullMessage, type ToldGate } from './told-gate.ts';

const NO_LINE = 'no line of these manifests is to blame by itself: it is shown where they begin';

/** The judgement as a run of SARIF. What was there before is told only where it counts. */
export function gateLog({ report, outcome, all, begin, rules, ownRules, version }: ToldGate): SarifRun {
  const { existing, skipped, unjudged, notes } = report;
  const old = new Set(existing);
  const messageOf = fullMessage(report);
  const toResult = (finding: GateFinding, suppressed: string | null): SarifRun['results'][number] => {
    const { rule, severity, place, object, fingerprint, row } = finding;
    return {
      rule,
      severity,
      message: messageOf(finding),
      place: place ?? begin,
      object,
      fingerprint,
      isNew: !old.has(finding),
      suppressed,
      properties: { field: place?.field ?? null, row, ...(place === null ? { place: NO_LINE } : {}) },
    };
  };
  const told = [...outcome.failing, ...outcome.passing];
  const ids = new Set([...rules, ...told.map(({ rule }) => rule), ...skipped.map(({ finding }) => finding.rule)]);
  const { exitCode } = outcome;
  return {
    version,
    exitCode,
    rules: [...ids]
      .map((id) => describeRule({ ownRules }, id))
      .map((rule) => ({ ...rule, tags: ['security', 'linkerd', rule.group] })),
    results: [
      ...told.map((finding) => toResult(finding, null)),
      ...skipped.map(({ finding, reason, until }) => toResult(finding, `${reason} (until ${lastDay(until)})`)),
    ],
    errors: unjudged,
    notes:
      all || existing.length === 0 ? notes : [...notes, `${existing.length} findings were there before the change`],
  };
}
