import { environment as answerQuery } from '../functions/answer-query/config.ts';
import { environment as compactGraph } from '../functions/compact-graph/config.ts';
import { environment as evaluateChecks } from '../functions/evaluate-checks/config.ts';
import { environment as gateRelease } from '../functions/gate-release/config.ts';
import { environment as planScans } from '../functions/plan-scans/config.ts';
import { environment as readCertificates } from '../functions/read-certificates/config.ts';
import { environment as readCluster } from '../functions/read-cluster/config.ts';
import { environment as readTraffic } from '../functions/read-traffic/config.ts';
import { environment as sendAlerts } from '../functions/send-alerts/config.ts';
import { environment as writeGraph } from '../functions/write-graph/config.ts';
import type { FunctionName } from './function-table.ts';

/** What each function declares in its config.ts. */
const ENVIRONMENTS: Readonly<Record<FunctionName, { readonly shape: object }>> = {
  'plan-scans': planScans,
  'read-traffic': readTraffic,
  'read-cluster': readCluster,
  'read-certificates': readCertificates,
  'write-graph': writeGraph,
  'evaluate-checks': evaluateChecks,
  'send-alerts': sendAlerts,
  'answer-query': answerQuery,
  'gate-release': gateRelease,
  'compact-graph': compactGraph,
};

/** Names of the environment variables a function reads: infra gives exactly these. */
export const declaredBy = (name: FunctionName): string[] => Object.keys(ENVIRONMENTS[name].shape);
