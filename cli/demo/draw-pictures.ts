import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOPOLOGY_RENDERERS } from '../../shared/domain/topology/renderers.ts';
import { readTopology } from '../../shared/graph/topology/read-topology.ts';
import type { Io } from '../io.ts';
import { withGraph } from '../with-graph.ts';
import type { Recorded } from './run-demo.ts';

const PICTURES = [
  { format: 'html', file: 'topology.html', use: 'to open in a browser' },
  { format: 'svg', file: 'topology.svg', use: 'for a document' },
  { format: 'mermaid', file: 'topology.mmd', use: 'for a README or a wiki' },
] as const;

/** Writes who called whom in the recording as pictures into the folder; gives their paths. */
export async function drawPictures(io: Io, recorded: Recorded, folder: string): Promise<string[]> {
  const topology = await withGraph(io, (graph) => readTopology(graph, recorded));
  const paths = PICTURES.map(({ file }) => join(folder, file));
  for (const [i, { format, use }] of PICTURES.entries()) {
    const path = paths[i] as string;
    await writeFile(path, TOPOLOGY_RENDERERS[format](topology));
    io.out(`${path}  ${use}\n`);
  }
  return paths;
}
