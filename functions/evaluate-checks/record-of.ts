import type { ChosenCheck } from '../../shared/checks/configured-checks.ts';
import type { Knowledge } from '../../shared/checks/coverage.ts';
import type { FindingsRecord, Look, Telling } from '../../shared/checks/finding.ts';
import { formatDuration } from '../../shared/domain/duration.ts';
import type { CheckResult, Evaluation } from './evaluate-checks.ts';

/**
 * An evaluation as findings live through it: what was found where knowledge was fresh, and how each check was looked at.
 * Only what was looked at whole can be over: docs/findings.md has the rule with its reasons.
 */
export function recordOf(
  { cluster, since, at, results }: Evaluation,
  checks: readonly ChosenCheck[],
  knowledge: Knowledge,
  telling: Telling,
): FindingsRecord {
  const judged = results.filter(isJudged);
  const chosen = new Map(checks.map((one) => [one.check.id, one]));
  return {
    cluster,
    at,
    looks: results.map((result) => lookOf(result, chosen.get(result.check.id), knowledge, { since, at })),
    open: judged.flatMap(({ findings }) => findings),
    accepted: judged.flatMap(({ accepted }) => accepted.map(({ until = at, ...one }) => ({ ...one, until }))),
    telling,
  };
}

/** On fresh knowledge: what is stale, or still learns, neither opens nor ends a finding. */
const isJudged = ({ status, reason }: CheckResult): boolean => status !== 'unknown' && reason === undefined;

function lookOf(
  result: CheckResult,
  chosen: ChosenCheck | undefined,
  knowledge: Knowledge,
  { since, at }: { since: number; at: number },
): Look {
  const { check } = result;
  const until = knowledge.traffic?.at ?? since;
  const whole = (!check.needs.traffic || isWatched(knowledge, { since, at })) && chosen?.justThisOnce !== true;
  const values = check.parameters.map(({ name, defaultMs }) => [name, chosen?.parameters[name] ?? defaultMs] as const);
  return {
    check: check.id,
    judged: isJudged(result) ? (whole ? 'whole' : 'part') : 'none',
    ...(check.needs.traffic && { traffic: { since, until } }),
    parameters: values.map(([name, ms]) => `${name}=${formatDuration(ms)}`).sort(),
  };
}

/**
 * Whether windows that were read whole cover the period up to the end of the newest, without a gap. Where one reaches over
 * `at` its part up to there counts too.
 */
function isWatched(knowledge: Knowledge, { since, at }: { since: number; at: number }): boolean {
  const { traffic, trafficCoveredMs, partialWindows } = knowledge;
  if (traffic === undefined || !traffic.complete || partialWindows > 0 || traffic.at <= since) return false;
  return trafficCoveredMs === traffic.at - since || trafficCoveredMs === at - since;
}
