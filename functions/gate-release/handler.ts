import { resultStore } from '../../shared/adapters/aws-results.ts';
import { staleAfter } from '../../shared/checks/stale-after.ts';
import { readBaseline } from '../../shared/graph/baseline/read-baseline.ts';
import { readClusters } from '../../shared/graph/knowledge.ts';
import { httpHandler } from '../../shared/middleware/http-handler.ts';
import type { Period } from '../../shared/questions/period.ts';
import { openAnsweringGraph } from '../../shared/sources/answering-graph.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { readConfig } from './config.ts';
import { gateRelease } from './gate-release.ts';

export const handler = httpHandler({
  service: 'gate-release',
  open: async () => {
    const { graphSecret, results } = readConfig();
    const configuration = await loadDeployedConfiguration();
    const graph = openAnsweringGraph(graphSecret);
    return {
      configuration,
      readClusters: () => readClusters(graph),
      readBaseline: (cluster: string, period: Period) => readBaseline(graph, cluster, period),
      staleAfterMs: staleAfter(configuration.scan),
      keepAnswer: resultStore(results, { now: Date.now }).keep,
      now: Date.now,
    };
  },
  work: gateRelease,
});
