import { formatInstant } from '../../shared/domain/instant.ts';
import { TOPOLOGY_RENDERERS } from '../../shared/domain/topology/renderers.ts';
import type { Topology } from '../../shared/domain/topology/topology.ts';
import type { ExportOptions } from '../commands/export.ts';
import type { Io } from '../io.ts';
import { withReader } from '../with-reader.ts';
import { writeResult } from './write-result.ts';

/** Writes the topology of a period in the format asked for. Says so on stderr when the period holds no call. */
export async function exportTopology(io: Io, options: ExportOptions): Promise<void> {
  const { cluster, since, at, nodes, edges } = await readTopology(io, options);
  if (edges.length === 0) {
    io.err(`no calls were seen in ${cluster} from ${formatInstant(since)} to ${formatInstant(at)}\n`);
  }
  const topology = { cluster, since, at, nodes, edges };
  await writeResult(io, options.out, [TOPOLOGY_RENDERERS[options.output](topology)]);
}

function readTopology(io: Io, { around, depth, namespace, ...options }: ExportOptions): Promise<Topology> {
  const { cluster, at, since, withLinkerd } = options;
  const asked = { cluster, at, since, withLinkerd };
  return withReader<Topology>(io, (reader) =>
    around === undefined
      ? reader.readGraph({ ...asked, namespace })
      : reader.readNeighbourhood({ ...asked, node: around, depth: Number(depth) }),
  );
}
