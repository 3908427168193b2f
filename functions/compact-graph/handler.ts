import { setTimeout as sleep } from 'node:timers/promises';
import { graphCompaction } from '../../shared/graph/compaction/graph-compaction.ts';
import { scheduleHandler } from '../../shared/middleware/schedule-handler.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { openDeployedGraph } from '../../shared/sources/deployed-graph.ts';
import { compactGraph } from './compact-graph.ts';
import { readConfig } from './config.ts';
import { measureCompaction } from './measure-compaction.ts';

/** One batch takes seconds at most. */
const LAST_BATCH_MS = 20_000;
const PAUSE_MS = 1_500;

export const handler = scheduleHandler({
  service: 'compact-graph',
  open: async () => ({
    ...graphCompaction(openDeployedGraph(readConfig().GRAPH_SECRET_ARN)),
    retention: (await loadDeployedConfiguration()).retention,
    now: Date.now,
    pause: () => sleep(PAUSE_MS),
  }),
  work: async ({ retention, ...deps }, { deadline, ...report }) => {
    const hasTime = () => deadline.remainingMs() > LAST_BATCH_MS;
    measureCompaction(report, await compactGraph({ ...deps, hasTime }, retention));
  },
});
