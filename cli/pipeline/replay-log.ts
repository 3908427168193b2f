import { replayObservations } from '../../functions/replay-observations/replay-observations.ts';
import { NotFoundError } from '../../shared/domain/errors.ts';
import { emptyCluster } from '../../shared/graph/empty-cluster.ts';
import { withLease } from '../../shared/graph/lease.ts';
import type { Io } from '../io.ts';
import { openProjection } from './graph-projection.ts';
import type { ReplayableLog } from './replayable-log.ts';

/**
 * Rebuilds clusters from the log, each emptied before. Clusters the log knows nothing of are left alone: nothing could
 * bring them back. A log with an observation that cannot be read is refused before anything is emptied.
 */
export async function replayLog(
  io: Io,
  log: ReplayableLog,
  cluster: string | undefined,
  progress: (text: string) => void,
): Promise<{ name: string; observations: number }[]> {
  const counts = new Map<string, number>();
  for await (const observation of log.read(cluster)) {
    progress(`checking ${observation.id}`);
    counts.set(observation.cluster, (counts.get(observation.cluster) ?? 0) + 1);
  }
  if (counts.size === 0) {
    throw new NotFoundError(
      `${log.shown} holds no observations${cluster === undefined ? '' : ` of ${cluster}`}: nothing was emptied`,
    );
  }
  const { graph, write, close } = await openProjection(io);
  try {
    const replayed: { name: string; observations: number }[] = [];
    for (const name of counts.keys()) {
      const observations = await replayObservations({
        observations: log.read(name),
        empty: () => withLease(graph, name, emptyCluster),
        write: (observation) => {
          progress(`${name}: ${observation.source} of ${new Date(observation.at).toISOString()}`);
          return write(observation);
        },
      });
      await log.replayed(name);
      replayed.push({ name, observations });
    }
    return replayed;
  } finally {
    await close();
  }
}
