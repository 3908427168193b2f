import { resultStore } from '../../shared/adapters/result-store.ts';
import { graphReader } from '../../shared/graph/reader/graph-reader.ts';
import { httpHandler } from '../../shared/middleware/http-handler.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { openDeployedGraph } from '../../shared/sources/deployed-graph.ts';
import { answerQuery } from './answer-query.ts';
import { readConfig } from './config.ts';

export const handler = httpHandler({
  service: 'answer-query',
  open: async () => {
    const { GRAPH_SECRET_ARN, OBSERVATIONS_BUCKET: bucket, RESULTS_PREFIX: prefix } = readConfig();
    const { checks, api } = await loadDeployedConfiguration();
    const graph = openDeployedGraph(GRAPH_SECRET_ARN);
    return {
      readerFor: (caller: string | undefined) =>
        graphReader({ graph, now: Date.now, caller, checks, cypher: api.cypher }),
      keepAnswer: resultStore({ bucket, prefix }).keep,
    };
  },
  work: answerQuery,
});
