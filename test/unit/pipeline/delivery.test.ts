import { describe, expect, it } from 'vitest';
import { createDelivery } from '../../../cli/pipeline/delivery.ts';
import type { GraphProjection } from '../../../cli/pipeline/graph-projection.ts';
import type { ObservationLog } from '../../../shared/adapters/observation-log.ts';
import { ContractError, UnavailableError } from '../../../shared/domain/errors.ts';
import type { Observation } from '../../../shared/domain/observation.ts';

const observations = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }) as Observation);

/** Delivers all of them into a graph that fails for some; tells their states and the problems. */
async function deliverAll(failing: Record<string, Error>) {
  const problems: string[] = [];
  const log = { keep: async (observation: Observation) => ({ observation, delivered: async () => {} }) };
  const projection = {
    write: async ({ id }: Observation) => {
      if (failing[id]) throw failing[id];
      return 'written' as const;
    },
  };
  const delivery = createDelivery(log as unknown as ObservationLog, projection as unknown as GraphProjection, (error) =>
    problems.push(error.message),
  );
  const states: string[] = [];
  for (const observation of observations) states.push((await delivery.deliver(observation)).state);
  return { states, problems };
}

describe('delivering observations to the graph', () => {
  it('keeps one that breaks its contract and writes the others', async () => {
    expect(await deliverAll({ b: new ContractError('b is broken') })).toEqual({
      states: ['written', 'kept', 'written', 'written', 'written'],
      problems: ['b is broken'],
    });
  });

  it('keeps all that follow when the graph is lost, and says so once', async () => {
    expect(await deliverAll({ b: new UnavailableError('gone'), c: new UnavailableError('gone') })).toEqual({
      states: ['written', 'kept', 'kept', 'kept', 'kept'],
      problems: ['gone'],
    });
  });

  it('takes three refusals in a row for a graph that is lost', async () => {
    const broken = new ContractError('broken');
    expect(await deliverAll({ a: broken, b: broken, c: broken })).toEqual({
      states: ['kept', 'kept', 'kept', 'kept', 'kept'],
      problems: ['broken', 'broken', 'broken'],
    });
  });
});
