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
    const config = readConfig();
    const graph = openDeployedGraph(config.GRAPH_SECRET_ARN);
    await ensureSchema(graph);
    const { read } = observationStore(config.OBSERVATIONS_BUCKET);
    const requestEvaluation = evaluationRequests(config.EVALUATIONS_QUEUE_URL);
    return { ...observationWriters(graph), read, requestEvaluation, now: Date.now };
  },
  work: async (deps, pointer, { log, measure }) => {
    const { verdict } = await takeObservation(deps, pointer);
    measure('ObservationWritten', 1, pointer.cluster);
    log.info('taken', { verdict });
  },
});
