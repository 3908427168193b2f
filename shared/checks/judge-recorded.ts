import { formatInstant } from '../domain/instant.ts';
import type { Check, Severity } from './check.ts';
import { blindSpot, type Knowledge, stillLearning } from './coverage.ts';
import type { Finding } from './finding.ts';

/** The newest evaluation a cluster's findings are of; undefined where none was recorded. Epoch milliseconds. */
export type RecordedEvaluation = { readonly at: number; readonly judged: readonly string[] } | undefined;

export type Recorded = {
  readonly knowledge: Knowledge;
  readonly evaluation: RecordedEvaluation;
  readonly open: readonly Finding[];
  readonly accepted: readonly { readonly finding: Finding; readonly reason: string }[];
};

export type RecordedResult = {
  readonly check: Check;
  readonly severity: Severity;
  readonly status: 'clean' | 'violated' | 'unknown';
  readonly findings: readonly Finding[];
  readonly accepted: Recorded['accepted'];
  readonly reason?: string;
};

/** `staleAfterMs`: scans and evaluations older than this cannot be judged on. */
type Settings = {
  readonly severity: Severity;
  readonly parameters: Readonly<Record<string, number>>;
  readonly staleAfterMs: number;
};

/**
 * How a check stands as of `at`, by what evaluations left in the graph. What no fresh evaluation on fresh scans judged
 * is unknown, never clean; its findings that are still open are told all the same.
 */
export function judgeRecorded(check: Check, settings: Settings, recorded: Recorded, at: number): RecordedResult {
  const mine = ({ check: id }: Finding): boolean => id === check.id;
  const findings = recorded.open.filter(mine);
  const accepted = recorded.accepted.filter(({ finding }) => mine(finding));
  const found = { check, severity: settings.severity, findings, accepted };
  const defaults = Object.fromEntries(check.parameters.map(({ name, defaultMs }) => [name, defaultMs]));
  const blind = blindSpot(check.needs, recorded.knowledge, at, settings.staleAfterMs)?.reason;
  const learning = blind ?? stillLearning(check.needs, recorded.knowledge, at, { ...defaults, ...settings.parameters });
  if (blind === undefined && learning !== undefined && findings.length === 0) {
    return { ...found, status: 'clean', reason: learning };
  }
  const reason = blind ?? notJudged(check.id, recorded.evaluation, at - settings.staleAfterMs);
  if (reason !== undefined) return { ...found, status: 'unknown', reason };
  return { ...found, status: findings.length > 0 ? 'violated' : 'clean' };
}

function notJudged(id: string, evaluation: RecordedEvaluation, oldest: number): string | undefined {
  if (evaluation === undefined) return 'no evaluation of the checks was recorded yet';
  const when = formatInstant(evaluation.at);
  if (evaluation.at < oldest) return `the newest evaluation is of ${when}`;
  return evaluation.judged.includes(id) ? undefined : `the newest evaluation (${when}) could not judge it`;
}
