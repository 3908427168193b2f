import { configuredChecks } from '../../shared/checks/configured-checks.ts';
import { toModelParameter } from '../../shared/checks/model-parameter.ts';
import type { OwnCheck } from '../../shared/checks/own-checks/own-check.ts';
import { toCheck } from '../../shared/checks/own-checks/to-check.ts';
import { CHECKS } from '../../shared/checks/registry.ts';
import { staleAfter } from '../../shared/checks/stale-after.ts';
import { tellingOf } from '../../shared/domain/alerts/telling-of.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { EvaluationRequest } from '../../shared/domain/messages/evaluation-request.ts';
import { type EvaluateChecksDeps, evaluateChecks } from './evaluate-checks.ts';
import { type QueueAlertsDeps, queueAlerts } from './queue-alerts.ts';
import { summaryOf } from './summary-of.ts';
import { timedRows } from './timed-rows.ts';

export type JudgeClusterDeps = Required<EvaluateChecksDeps> &
  QueueAlertsDeps & {
    readonly configuration: Pick<Configuration, 'alerts' | 'checks' | 'entityModel' | 'scan'>;
    /** Those of the user's own, judged beside the built-in ones. */
    readonly ownChecks?: readonly OwnCheck[];
  };

type EvaluationSummary = ReturnType<typeof summaryOf> & { readonly took: readonly string[] };

type Log = { readonly info: (message: string, fields: EvaluationSummary) => void };

/** What `meshgraph check` looks at by default. */
const PERIOD_MS = 24 * 3_600_000;

/**
 * Judges one cluster as of the request with the configuration's checks, records the findings, and asks for the alerts
 * that wait to be sent: those of this evaluation, and what an earlier run left behind.
 */
export async function judgeCluster(
  deps: JudgeClusterDeps,
  { cluster, at }: EvaluationRequest,
  { log }: { readonly log: Log },
): Promise<void> {
  const { alerts, scan } = deps.configuration;
  const checks = configuredChecks(deps.configuration.checks, [], [...CHECKS, ...(deps.ownChecks ?? []).map(toCheck)]);
  const { readRows, took } = timedRows(deps.readRows, checks, deps.now);
  const evaluation = await evaluateChecks(
    { ...deps, readRows },
    {
      cluster,
      at,
      since: at - PERIOD_MS,
      checks,
      model: toModelParameter(deps.configuration.entityModel),
      staleAfterMs: staleAfter(scan),
      allowStale: false,
      telling: tellingOf(alerts),
    },
  );
  log.info('judged', { ...summaryOf(evaluation), took });
  await queueAlerts(deps, cluster);
}
