import type { Kept, ObservationLog } from '../../shared/adapters/observation-log.ts';
import { ContractError, MeshgraphError } from '../../shared/domain/errors.ts';
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

/** One observation that breaks its contract must not hold up the others; this many in a row are the graph's own trouble. */
const REFUSED_IN_A_ROW = 3;

/**
 * `onProblem` is told when the graph stops taking observations, and once an observation it cannot take: these, and all
 * the rest after a loss, are only kept.
 */
export function createDelivery(
  log: ObservationLog,
  opened: GraphProjection | undefined,
  onProblem: (error: MeshgraphError) => void,
): Delivery {
  let projection = opened;
  let refused = 0;
  const write = async ({ observation, delivered }: Kept): Promise<Delivered> => {
    if (projection === undefined) return { observation, state: 'kept' };
    try {
      const state = await projection.write(observation);
      await delivered();
      refused = 0;
      return { observation, state };
    } catch (error) {
      if (!(error instanceof MeshgraphError)) throw error;
      refused = error instanceof ContractError ? refused + 1 : REFUSED_IN_A_ROW;
      if (refused === REFUSED_IN_A_ROW) projection = undefined;
      onProblem(error);
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
