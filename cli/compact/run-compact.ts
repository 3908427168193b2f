import { setTimeout as sleep } from 'node:timers/promises';
import { type Compaction, compactGraph } from '../../functions/compact-graph/compact-graph.ts';
import { formatDuration } from '../../shared/domain/duration.ts';
import { graphCompaction } from '../../shared/graph/compaction/graph-compaction.ts';
import { loadConfiguration } from '../configuration.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { progressLine } from '../output/progress.ts';
import { withGraph } from '../with-graph.ts';

/** Time for a scan that goes on meanwhile to take its turn. */
const PAUSE_MS = 1_500;

/** Compacts the graph every command uses, as the configuration's `retention` says. Exit 2 when its budget cannot be kept. */
export async function runCompact(
  io: Io,
  options: { readonly config?: string; readonly output: string },
): Promise<void> {
  const { retention } = await loadConfiguration(io, options.config);
  const progress = progressLine(io);
  progress.update('compacting the graph');
  const compaction = await withGraph(io, (graph) => {
    const outside = { now: io.now, hasTime: () => !io.signal.aborted, pause: () => sleep(PAUSE_MS) };
    return compactGraph({ ...graphCompaction(graph), ...outside }, retention);
  }).finally(progress.clear);
  if (options.output === 'json') writeJson(io, compaction);
  else io.out(asText(compaction));
  const isKept = compaction.finished && compaction.budget?.fits !== false;
  if (!isKept) io.exit(2);
}

function asText({ finished, changed, size, budget }: Compaction): string {
  const done = Object.values(changed).some((count) => count > 0);
  const lines = [
    finished ? (done ? 'compacted' : 'nothing to compact') : 'interrupted: run it again to go on',
    `the graph holds ${size.nodes} nodes and ${size.relationships} relationships`,
  ];
  if (budget) lines.push(`${Math.round(budget.used)}% of its budget is used`);
  if (budget?.tightened) {
    const kept = Object.entries(budget.tightened).map(([name, ms]) => `${name} ${formatDuration(ms ?? 0)}`);
    lines.push(`to keep to it, less is kept than configured: ${kept.join(', ')}`);
  }
  if (budget?.fits === false) lines.push('that is not enough: raise retention.budget, or scan fewer clusters into it');
  return lines.map((line) => `${line}\n`).join('');
}
