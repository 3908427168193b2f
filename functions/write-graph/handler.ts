import { observationStore } from '../../shared/adapters/observation-store.ts';
import { observationPointer } from '../../shared/domain/messages/observation-pointer.ts';
import { ensureSchema } from '../../shared/graph/constraints.ts';
import { observationWriters } from '../../shared/graph/observation-writers.ts';
import { queueHandler } from '../../shared/middleware/queue-handler.ts';
import { openDeployedGraph } from '../../shared/sources/deployed-graph.ts';
import { evaluationRequests } from '../../shared/sources/evaluation-requests.ts';
import { readConfig } from './config.ts';
import { takeObservation } from './take-observation.ts';

export const handler = queueHandler({
  service: 'write-graph',
  message: observationPointer,
  failureMetric: 'GraphRefused',
  open: async () => {
    const { OBSERVATIONS_BUCKET, EVALUATIONS_QUEUE_URL, GRAPH_SECRET_ARN } = readConfig();
    const graph = openDeployedGraph(GRAPH_SECRET_ARN);
    await ensureSchema(graph);
    const requestEvaluation = evaluationRequests(EVALUATIONS_QUEUE_URL);
    return { ...observationWriters(graph), read: observationStore(OBSERVATIONS_BUCKET).read, requestEvaluation };
  },
  work: async (deps, pointer, { log, measure }) => {
    const { verdict } = await takeObservation(deps, pointer);
    measure('ObservationWritten', 1, pointer.cluster);
    log.info('taken', { verdict });
  },
});
