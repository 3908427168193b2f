import type { Answer, Reader } from '../../domain/api/operations.ts';
import { nearest } from '../../domain/configuration/nearest.ts';
import { NotFoundError } from '../../domain/errors.ts';
import { formatInstant } from '../../domain/instant.ts';
import { neighbourhoodOf } from '../../domain/topology/neighbourhood.ts';
import type { Topology, TopologyScope } from '../../domain/topology/topology.ts';
import { chooseCluster } from '../../questions/ask.ts';
import { type AskedPeriod, readPeriod } from '../../questions/period.ts';
import nodes from '../../questions/reference/nodes.cypher';
import { referenceRow, resolveReference } from '../../questions/reference/resolve.ts';
import type { Graph } from '../connection.ts';
import { readClusters } from '../knowledge.ts';
import { readRows } from '../questions.ts';
import { readTopology } from '../topology/read-topology.ts';
import type { ReadingContext } from './graph-reader.ts';
import { readFreshness } from './read-freshness.ts';

type Asked = AskedPeriod & { readonly cluster?: string | undefined };

/** Labels of nodes that may stand in a topology. */
const LABELS = ['Workload', 'ExternalWorkload', 'Service', 'External', 'EgressNetwork', 'Identity', 'Unauthenticated'];

/** Who called whom in a period: of a cluster, a namespace, or around one node. */
export function topologyReading({ graph, now }: ReadingContext): Pick<Reader, 'readGraph' | 'readNeighbourhood'> {
  const read = async (asked: Asked, scope: TopologyScope) => {
    const { cluster, newest } = chooseCluster(await readClusters(graph), asked.cluster);
    return readTopology(graph, { cluster, ...readPeriod(asked, newest, now()) }, scope);
  };
  return {
    readGraph: async ({ namespace, withLinkerd, ...asked }) => {
      const topology = await read(asked, { namespace, withLinkerd });
      if (namespace !== undefined && topology.nodes.length === 0) {
        throw new NotFoundError(await unknownNamespace(graph, topology, namespace));
      }
      return told(graph, topology);
    },
    readNeighbourhood: async ({ node, depth, withLinkerd, ...asked }) => {
      const topology = await read(asked, { withLinkerd });
      const rows = await readRows(graph, nodes, { cluster: topology.cluster });
      const { key } = resolveReference(
        node,
        rows.map((row) => referenceRow.parse(row)),
        LABELS,
      );
      return { ...(await told(graph, neighbourhoodOf(topology, key, depth))), node: key, depth };
    },
  };
}

async function told(graph: Graph, { nodes: all, edges, ...period }: Topology): Promise<Answer<'readGraph'>> {
  return {
    ...period,
    nodes: all.map((node) => ({ ...node, holds: [...node.holds] })),
    edges: edges.map((edge) => ({ ...edge, policies: [...edge.policies] })),
    freshness: [await readFreshness(graph, period.cluster, period)],
  };
}

async function unknownNamespace(graph: Graph, period: Omit<Topology, 'nodes' | 'edges'>, name: string) {
  const all = await readTopology(graph, period, { withLinkerd: true });
  const close = nearest(name, [...new Set(all.nodes.flatMap(({ namespace }) => namespace ?? []))]);
  const hint = close === undefined ? '' : `; did you mean ${close}?`;
  return `nothing lived in a namespace "${name}" of ${period.cluster} at ${formatInstant(period.at)}${hint}`;
}
