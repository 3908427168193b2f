import { nearest } from '../../shared/domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import { formatInstant, parseInstant } from '../../shared/domain/instant.ts';
import { TOPOLOGY_RENDERERS } from '../../shared/domain/topology/renderers.ts';
import type { Topology } from '../../shared/domain/topology/topology.ts';
import type { Graph } from '../../shared/graph/connection.ts';
import { readClusters } from '../../shared/graph/knowledge.ts';
import { readTopology } from '../../shared/graph/topology/read-topology.ts';
import { chooseCluster } from '../../shared/questions/ask.ts';
import type { ExportOptions } from '../commands/export.ts';
import type { Io } from '../io.ts';
import { withGraph } from '../with-graph.ts';
import { writeResult } from './write-result.ts';

/** Writes the topology of a period in the format asked for. Says so on stderr when the period holds no call. */
export async function exportTopology(io: Io, options: ExportOptions): Promise<void> {
  const topology = await withGraph(io, (graph) => readPeriod(graph, io.now(), options));
  if (topology.edges.length === 0) {
    const { cluster, since, at } = topology;
    io.err(`no calls were seen in ${cluster} from ${formatInstant(since)} to ${formatInstant(at)}\n`);
  }
  await writeResult(io, options.out, [TOPOLOGY_RENDERERS[options.output](topology)]);
}

async function readPeriod(graph: Graph, now: number, options: ExportOptions): Promise<Topology> {
  const { cluster, newest } = chooseCluster(await readClusters(graph), options.cluster);
  const at = options.at === undefined ? newest : parseInstant(options.at, now);
  const since = parseInstant(options.since, at);
  if (since >= at) {
    throw new InvalidInputError(`the period ends (${formatInstant(at)}) before it begins (${formatInstant(since)})`);
  }
  const { namespace, withLinkerd } = options;
  const topology = await readTopology(graph, { cluster, since, at }, { namespace, withLinkerd });
  if (namespace !== undefined && topology.nodes.length === 0) {
    throw new NotFoundError(await unknownNamespace(graph, { cluster, since, at }, namespace));
  }
  return topology;
}

async function unknownNamespace(
  graph: Graph,
  period: { cluster: string; since: number; at: number },
  name: string,
): Promise<string> {
  const { nodes } = await readTopology(graph, period, { withLinkerd: true });
  const close = nearest(name, [...new Set(nodes.flatMap(({ namespace }) => namespace ?? []))]);
  const hint = close === undefined ? '' : `; did you mean ${close}?`;
  return `nothing lived in a namespace "${name}" of ${period.cluster} at ${formatInstant(period.at)}${hint}`;
}
