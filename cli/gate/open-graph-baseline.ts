import { parseInstant } from '../../shared/domain/instant.ts';
import type { Baseline } from '../../shared/gate/baseline.ts';
import { readBaseline } from '../../shared/graph/baseline/read-baseline.ts';
import { readClusters } from '../../shared/graph/knowledge.ts';
import { chooseCluster } from '../../shared/questions/ask.ts';
import type { Io } from '../io.ts';
import { withGraph } from '../with-graph.ts';
import { type BaselineAsked, gatePeriod } from './open-baseline.ts';

/** The Baseline of the graph every command uses, by default as of the newest it knows. */
export function openGraphBaseline(io: Io, asked: Omit<BaselineAsked, 'against'>): Promise<Baseline> {
  return withGraph(io, async (graph) => {
    const { cluster, newest } = chooseCluster(await readClusters(graph), asked.cluster);
    const at = asked.at === undefined ? newest : parseInstant(asked.at, io.now());
    return readBaseline(graph, cluster, gatePeriod(asked, at));
  });
}
