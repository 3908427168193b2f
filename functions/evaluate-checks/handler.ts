import { evaluationRequest } from '../../shared/domain/messages/evaluation-request.ts';
import { graphEvaluation } from '../../shared/graph/evaluation.ts';
import { graphQueueing } from '../../shared/graph/outbox/graph-queueing.ts';
import { queueHandler } from '../../shared/middleware/queue-handler.ts';
import { queueOrSchedule } from '../../shared/middleware/queue-or-schedule.ts';
import { scheduleHandler } from '../../shared/middleware/schedule-handler.ts';
import { clusterRequests } from '../../shared/sources/cluster-requests.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { openDeployedGraph } from '../../shared/sources/deployed-graph.ts';
import { loadDeployedOwnChecks } from '../../shared/sources/deployed-own-checks.ts';
import { readConfig } from './config.ts';
import { judgeCluster } from './judge-cluster.ts';
import { requestEvaluations as request } from './request-evaluations.ts';

const open = async () => {
  const { GRAPH_SECRET_ARN, ALERTS_QUEUE_URL, EVALUATIONS_QUEUE_URL } = readConfig();
  const requestAlerts = clusterRequests(ALERTS_QUEUE_URL);
  const requestEvaluations = clusterRequests(EVALUATIONS_QUEUE_URL);
  const [configuration, ownChecks] = [await loadDeployedConfiguration(), await loadDeployedOwnChecks()];
  const graph = openDeployedGraph(GRAPH_SECRET_ARN);
  const judging = { ...graphEvaluation(graph, ownChecks), ...graphQueueing(graph), configuration, ownChecks };
  return { ...judging, requestAlerts, requestEvaluations, now: Date.now };
};
const service = 'evaluate-checks';

export const handler = queueOrSchedule(
  queueHandler({ service, message: evaluationRequest, open, work: judgeCluster }),
  scheduleHandler({ service, open, work: request }),
);
