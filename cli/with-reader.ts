import { STALE_AFTER_MS } from '../shared/checks/stale-after.ts';
import type { Reader } from '../shared/domain/api/operations.ts';
import { api } from '../shared/domain/configuration/api.ts';
import type { Graph } from '../shared/graph/connection.ts';
import { graphReader } from '../shared/graph/reader/graph-reader.ts';
import { keptWalks } from '../shared/graph/reader/kept-walks.ts';
import type { Io } from './io.ts';
import { withGraph } from './with-graph.ts';

/** Does the work of a reading command with the deployed API where `--api` or MESHGRAPH_API names one, else with the graph. */
export async function withReader<Result>(io: Io, work: (reader: Reader) => Promise<Result>): Promise<Result> {
  const { MESHGRAPH_API: url } = io.env;
  if (!url) return withGraph(io, (graph) => work(readerOn(io, graph)));
  const { openApiReader } = await import('./api/api-reader.ts');
  return work(openApiReader(io, url));
}

/** A graph as the API would answer from it. Who has its password may ask it free Cypher, behind the same fences. */
export const readerOn = ({ env, now }: Pick<Io, 'env' | 'now'>, graph: Graph): Reader =>
  graphReader({
    graph,
    readWalk: keptWalks(graph),
    now,
    caller: env.USER || env.USERNAME || 'unknown',
    checks: {},
    staleAfterMs: STALE_AFTER_MS,
    // As many rows, and for as long, as a deployment answers that says nothing else.
    cypher: { ...api.parse({}).cypher, enabled: true },
  });
