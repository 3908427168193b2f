import { environment as evaluateChecks } from '../functions/evaluate-checks/config.ts';
import { environment as sendAlerts } from '../functions/send-alerts/config.ts';
import type { FunctionName } from './function-table.ts';

const keysOf = (environment: { readonly shape: object }): readonly string[] => Object.keys(environment.shape);

/** The environment variables each function declares in its config.ts: infra gives exactly these. */
export const DECLARED: Readonly<Record<FunctionName, readonly string[]>> = {
  'plan-scans': [
    'OBSERVATIONS_BUCKET',
    'TRAFFIC_SCANS_QUEUE_URL',
    'CLUSTER_SCANS_QUEUE_URL',
    'CERTIFICATE_SCANS_QUEUE_URL',
  ],
  'read-traffic': ['OBSERVATIONS_BUCKET', 'OBSERVATIONS_QUEUE_URL'],
  'read-cluster': ['OBSERVATIONS_BUCKET', 'OBSERVATIONS_QUEUE_URL'],
  'read-certificates': ['OBSERVATIONS_BUCKET', 'OBSERVATIONS_QUEUE_URL'],
  'write-graph': ['OBSERVATIONS_BUCKET', 'GRAPH_SECRET_ARN', 'EVALUATIONS_QUEUE_URL'],
  'evaluate-checks': keysOf(evaluateChecks),
  'send-alerts': keysOf(sendAlerts),
  'answer-query': ['GRAPH_SECRET_ARN', 'OBSERVATIONS_BUCKET', 'RESULTS_PREFIX'],
  'gate-release': ['GRAPH_SECRET_ARN'],
  'compact-graph': ['GRAPH_SECRET_ARN'],
};
