import type { Kept, ObservationLog } from '../../shared/adapters/observation-log.ts';
import { MeshgraphError } from '../../shared/domain/errors.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { GraphProjection } from './graph-projection.ts';

/** `kept` = only in the log: the graph takes it next time. */
export type Delivered = { readonly observation: Observation; readonly state: 'written' | 'unchanged' | 'kept' };

/** The way of every observation: first into the log, then into the graph. */
export type Delivery = {
  readonly deliver: (observation: Observation) => Promise<Delivered>;
  /** What earlier runs could not write, oldest first. */
  readonly deliverPending: (cluster: string) => AsyncGenerator<Delivered>;
  /** The graph, as long as it answers. */
  readonly projection: () => GraphProjection | undefined;
};

/** `onLost` is told once when the graph stops taking observations; the rest is only kept then. */
export function createDelivery(
  log: ObservationLog,
  opened: GraphProjection | undefined,
  onLost: (error: MeshgraphError) => void,
): Delivery {
  let projection = opened;
  const write = async ({ observation, delivered }: Kept): Promise<Delivered> => {
    if (projection === undefined) return { observation, state: 'kept' };
    try {
      const state = await projection.write(observation);
      await delivered();
      return { observation, state };
    } catch (error) {
      if (!(error instanceof MeshgraphError)) throw error;
      projection = undefined;
      onLost(error);
      return { observation, state: 'kept' };
    }
  };
  return {
    deliver: async (observation) => write(await log.keep(observation)),
    async *deliverPending(cluster) {
      if (projection === undefined) return;
      for await (const kept of log.pending(cluster)) yield await write(kept);
    },
    projection: () => projection,
  };
}
