import { staleAfter } from '../../shared/checks/stale-after.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { EvaluationRequest } from '../../shared/domain/messages/evaluation-request.ts';
import { configuredChecks } from './configured-checks.ts';
import { type EvaluateChecksDeps, evaluateChecks } from './evaluate-checks.ts';
import { type QueueAlertsDeps, queueAlerts } from './queue-alerts.ts';
import { summaryOf } from './summary-of.ts';

export type JudgeClusterDeps = Required<EvaluateChecksDeps> &
  QueueAlertsDeps & { readonly configuration: Pick<Configuration, 'checks' | 'scan'> };

type Log = { readonly info: (message: string, fields: ReturnType<typeof summaryOf>) => void };

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
  const { checks, scan } = deps.configuration;
  const evaluation = await evaluateChecks(deps, {
    cluster,
    at,
    since: at - PERIOD_MS,
    checks: configuredChecks(checks),
    staleAfterMs: staleAfter(scan),
    allowStale: false,
  });
  log.info('judged', summaryOf(evaluation));
  await queueAlerts(deps, cluster);
}
