import { resultStore } from '../../shared/adapters/aws-results.ts';
import { toCheck } from '../../shared/checks/own-checks/to-check.ts';
import { staleAfter } from '../../shared/checks/stale-after.ts';
import { graphReader } from '../../shared/graph/reader/graph-reader.ts';
import { keptWalks } from '../../shared/graph/reader/kept-walks.ts';
import { httpHandler } from '../../shared/middleware/http-handler.ts';
import { openAnsweringGraph } from '../../shared/sources/answering-graph.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { loadDeployedOwnChecks } from '../../shared/sources/deployed-own-checks.ts';
import { answerQuery } from './answer-query.ts';
import { readConfig } from './config.ts';

export const handler = httpHandler({
  service: 'answer-query',
  open: async () => {
    const { graphSecret, results } = readConfig();
    const { checks, scan, api } = await loadDeployedConfiguration();
    const graph = openAnsweringGraph(graphSecret);
    const ownChecks = (await loadDeployedOwnChecks()).map(toCheck);
    const judging = { checks, ownChecks, staleAfterMs: staleAfter(scan), cypher: api.cypher };
    const reading = { graph, readWalk: keptWalks(graph), now: Date.now, ...judging };
    return {
      readerFor: (caller: string | undefined) => graphReader({ ...reading, caller }),
      keepAnswer: resultStore(results, { now: Date.now }).keep,
    };
  },
  work: answerQuery,
});
