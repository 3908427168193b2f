import { resolve } from 'node:path';
import { writeBaselineFile } from '../../shared/adapters/baseline-file.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { loadConfiguration } from '../configuration.ts';
import type { BaselineAsked } from '../gate/open-baseline.ts';
import { openGraphBaseline } from '../gate/open-graph-baseline.ts';
import type { Io } from '../io.ts';

/** Writes the graph's Baseline into a file, for gates that have no access to the graph, and says what it holds. */
export async function exportBaseline(
  io: Io,
  file: string,
  { cluster, at, since }: Pick<BaselineAsked, 'cluster' | 'at' | 'since'>,
): Promise<void> {
  if (io.env.MESHGRAPH_API) {
    throw new InvalidInputError(
      '--baseline reads the graph itself, not an API: leave --api out and MESHGRAPH_API unset, or let `meshgraph gate` ask the API',
    );
  }
  const configuration = await loadConfiguration(io);
  const baseline = await openGraphBaseline(io, { cluster, at, since, configuration });
  const path = resolve(io.cwd, file);
  await writeBaselineFile(path, baseline);
  const { objects, traffic, notes } = baseline;
  const held = `${objects.length} objects as of ${formatInstant(baseline.at)}, ${traffic.edges.length} pairs of callers and callees`;
  io.err(`written to ${path}: ${baseline.cluster}, ${held}\n`);
  for (const note of notes) io.err(`${note}\n`);
}
