import { resultStore } from '../../shared/adapters/aws-results.ts';
import { staleAfter } from '../../shared/checks/stale-after.ts';
import { boundedReads } from '../../shared/graph/reader/bounded-reads.ts';
import { graphReader } from '../../shared/graph/reader/graph-reader.ts';
import { DEFAULT_RETRY } from '../../shared/graph/retry.ts';
import { httpHandler } from '../../shared/middleware/http-handler.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { openDeployedGraph } from '../../shared/sources/deployed-graph.ts';
import { answerQuery } from './answer-query.ts';
import { readConfig } from './config.ts';

/** Somebody waits: a read must not outlive its request, and a graph that is away is told soon. */
const LONGEST_READ_MS = 20_000;
const RETRY = { ...DEFAULT_RETRY, limitMs: 5_000 };

export const handler = httpHandler({
  service: 'answer-query',
  open: async () => {
    const { graphSecret, results } = readConfig();
    const { checks, scan, api } = await loadDeployedConfiguration();
    const graph = boundedReads(openDeployedGraph(graphSecret, RETRY), LONGEST_READ_MS);
    const reading = { graph, now: Date.now, checks, staleAfterMs: staleAfter(scan), cypher: api.cypher };
    return {
      readerFor: (caller: string | undefined) => graphReader({ ...reading, caller }),
      keepAnswer: resultStore(results, { now: Date.now }).keep,
    };
  },
  work: answerQuery,
});
