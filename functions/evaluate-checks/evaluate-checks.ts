import type { Check, Severity } from '../../shared/checks/check.ts';
import type { ChosenCheck } from '../../shared/checks/configured-checks.ts';
import { blindSpot, coverageNotes, type Knowledge, stillLearning } from '../../shared/checks/coverage.ts';
import { type Finding, type FindingsRecord, type Telling, toFinding } from '../../shared/checks/finding.ts';
import type { ModelParameter } from '../../shared/checks/model-parameter.ts';
import { DEFAULT_FLAPPING } from '../../shared/domain/findings/flapping.ts';
import { type Counted, countPopulation } from './count-population.ts';
import { readOnce } from './read-once.ts';
import { recordOf } from './record-of.ts';
import { unknownWhereRefused } from './unknown-where-refused.ts';

export type EvaluateChecksDeps = {
  readonly readKnowledge: (cluster: string, period: { since: number; at: number }) => Promise<Knowledge>;
  readonly readRows: (query: string, params: Readonly<Record<string, unknown>>) => Promise<readonly unknown[]>;
  /** Absent = the evaluation only looks. False = a later evaluation stands already. */
  readonly writeFindings?: (record: FindingsRecord) => Promise<boolean>;
};

/** Traffic is judged for `[since, at)`, structure as of `at`. Epoch milliseconds. */
export type EvaluateChecksInput = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly checks: readonly ChosenCheck[];
  readonly model: ModelParameter;
  readonly staleAfterMs: number;
  readonly allowStale: boolean;
  /** How what happens to findings is told, where they are written. Default: each change at once, flapping damped. */
  readonly telling?: Telling;
};

const TELLING: Telling = { flapping: DEFAULT_FLAPPING, learning: 0 };

export type CheckResult = {
  readonly check: Check;
  readonly severity: Severity;
  /** `unknown` = it could not be judged, for `reason`. One that is clean only so far, or judged on stale scans, has one too. */
  readonly status: 'clean' | 'violated' | 'unknown';
  readonly findings: readonly Finding[];
  /** By an exception, or by hand; `until` is the first instant it no longer holds. */
  readonly accepted: readonly { readonly finding: Finding; readonly reason: string; readonly until?: number }[];
  readonly reason?: string;
  /** Of how many things the findings are some; absent where nothing was judged, or the check does not say. */
  readonly population?: Counted;
};

export type Evaluation = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly notes: readonly string[];
  readonly results: readonly CheckResult[];
  /** Whether the findings were written; false when this was a look at a past that is recorded already. */
  readonly recorded?: boolean;
};

/**
 * Judges each check on what the graph knew. A check whose sources were never read, or too long ago, is `unknown` and
 * never clean; so is one that found nothing where the newest traffic window was read only in part.
 */
export async function evaluateChecks(deps: EvaluateChecksDeps, input: EvaluateChecksInput): Promise<Evaluation> {
  const { cluster, since, at } = input;
  const knowledge = await deps.readKnowledge(cluster, { since, at });
  const results: CheckResult[] = [];
  const reading = { ...deps, readRows: readOnce(deps.readRows) };
  for (const chosen of input.checks) {
    results.push(await unknownWhereRefused(chosen, () => evaluateCheck(reading, input, chosen, knowledge)));
  }
  const evaluation = { cluster, since, at, notes: coverageNotes(knowledge, { since, at }), results };
  if (!deps.writeFindings) return evaluation;
  const record = recordOf(evaluation, input.checks, knowledge, input.telling ?? TELLING);
  return { ...evaluation, recorded: await deps.writeFindings(record) };
}

async function evaluateCheck(
  { readRows }: EvaluateChecksDeps,
  { cluster, since, at, model, staleAfterMs, allowStale }: EvaluateChecksInput,
  { check, severity, parameters, exceptions }: ChosenCheck,
  knowledge: Knowledge,
): Promise<CheckResult> {
  const blind = blindSpot(check.needs, knowledge, at, staleAfterMs);
  const unjudged = { check, severity, findings: [], accepted: [] };
  if (blind && !(blind.stale && allowStale)) return { ...unjudged, status: 'unknown', reason: blind.reason };

  const defaults = Object.fromEntries(check.parameters.map(({ name, defaultMs }) => [name, defaultMs]));
  const values = { ...defaults, ...parameters };
  const learning = stillLearning(check.needs, knowledge, at, values);
  if (learning !== undefined) return { ...unjudged, status: 'clean', reason: learning };

  const asked = { cluster, since, at, model, ...values };
  const rows: unknown[] = [];
  for (const query of [check.query, ...(check.more ?? [])]) {
    for (const row of await readRows(query, asked)) rows.push(row);
  }
  const population = await countPopulation((query) => readRows(query, asked), check);
  const all = await Promise.all(check.violations(rows).map((found) => toFinding(cluster, check, severity, found)));
  const accepted = all.flatMap((finding) => {
    const exception = exceptions.find(({ where, until }) => at < until && matches(finding, where));
    return exception ? [{ finding, reason: exception.reason, until: exception.until }] : [];
  });
  const findings = all.filter((finding) => !accepted.some((one) => one.finding === finding));
  if (findings.length === 0 && check.needs.traffic && !knowledge.traffic?.complete && !allowStale) {
    const reason = 'nothing found, but the newest traffic window was read only in part';
    return { ...unjudged, accepted, status: 'unknown', reason };
  }
  const status = findings.length > 0 ? 'violated' : 'clean';
  return {
    check,
    severity,
    status,
    findings,
    accepted,
    ...(population && { population }),
    ...(blind && { reason: blind.reason }),
  };
}

const matches = ({ row }: Finding, where: Readonly<Record<string, string>>): boolean =>
  Object.entries(where).every(([column, value]) => String(row[column]) === value);
