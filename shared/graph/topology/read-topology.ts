import { type Topology, type TopologyNode, type TopologyScope, topologyOf } from '../../domain/topology/topology.ts';
import { mergeEdges } from '../../questions/edges/merge.ts';
import edges from '../../questions/edges/query.cypher';
import { toldRow } from '../../questions/edges/told.ts';
import type { Graph } from '../connection.ts';
import { readRows } from '../questions.ts';
import nodes from './nodes.cypher';

type NodeRow = Omit<TopologyNode, 'meshed' | 'owner'> & {
  readonly meshed: readonly (boolean | null)[];
  readonly owners: readonly string[];
};

/** Who called whom in `[since, at)`, both layers merged, and the workloads that were live at `at`. Epoch milliseconds. */
export async function readTopology(
  graph: Graph,
  { cluster, since, at }: Pick<Topology, 'cluster' | 'since' | 'at'>,
  scope: TopologyScope = {},
): Promise<Topology> {
  const rows = await readRows(graph, edges, { cluster, since, at });
  const calls = mergeEdges(rows.map((row) => toldRow.parse(row)));
  const keys = [...new Set(calls.flatMap(({ from, to }) => [from.key, to.key]))];
  const told = (await readRows(graph, nodes, { cluster, since, at, keys })) as readonly NodeRow[];
  return topologyOf({ cluster, since, at }, told.map(toNode), calls, scope);
}

function toNode({ meshed, owners, ...node }: NodeRow): TopologyNode {
  const known = meshed.filter((one) => one !== null);
  return { ...node, meshed: known.length > 0 ? known.every(Boolean) : null, owner: owners[0] ?? null };
}
