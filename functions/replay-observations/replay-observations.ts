import type { Observation } from '../../shared/domain/observation.ts';

export type Deps = {
  /** The log, in the order in which the observations were made. */
  readonly observations: AsyncIterable<Observation>;
  /** Takes out of the graph what observations made of it. */
  readonly empty: () => Promise<void>;
  readonly write: (observation: Observation) => Promise<unknown>;
};

/** Rebuilds the graph from the log of observations. Returns how many were written. */
export async function replayObservations({ observations, empty, write }: Deps): Promise<number> {
  await empty();
  let count = 0;
  for await (const observation of observations) {
    await write(observation);
    count++;
  }
  return count;
}
