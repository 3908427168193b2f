import { expect, test } from 'vitest';
import { takeObservation } from '../../../functions/write-graph/take-observation.ts';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import type { ObservationPointer } from '../../../shared/domain/messages/observation-pointer.ts';
import type { TrafficObservation } from '../../../shared/domain/observation.ts';

const observation: TrafficObservation = {
  schema: 'meshgraph.observation/v1',
  id: 'prod/traffic/0-1',
  cluster: 'prod',
  source: 'traffic',
  at: 1,
  readAt: 90,
  window: { from: 0, to: 1 },
  calls: [],
  arrivals: [],
  coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
};
const pointer: ObservationPointer = {
  schema: 'meshgraph.observation-pointer/v1',
  cluster: 'prod',
  source: 'traffic',
  id: observation.id,
  at: 1,
  key: 'the-key',
};

function world({ refuses = false } = {}) {
  const done: string[] = [];
  const deps = {
    read: async (key: string) => {
      done.push(`read ${key}`);
      return observation;
    },
    withLease: async (cluster: string, work: (fence: string) => Promise<string>) => {
      done.push(`lease of ${cluster}`);
      return work('fence');
    },
    writeTraffic: async (_: string, { id }: { id: string }) => {
      if (refuses) throw new UnavailableError('the graph does not answer');
      done.push(`wrote ${id}`);
      return 'written';
    },
    writeStructure: async () => 'structure',
    now: () => 100,
    requestEvaluation: async ({ cluster, at }: { cluster: string; at: number }, key: string) => {
      done.push(`judge ${cluster} as of ${at} for ${key}`);
    },
  };
  return { deps, done };
}

test('what a message points to is written, then its cluster is to be judged as of the writing', async () => {
  const { deps, done } = world();
  expect(await takeObservation(deps, pointer)).toBe('written');
  expect(done).toEqual([
    'read the-key',
    'lease of prod',
    `wrote ${observation.id}`,
    'judge prod as of 100 for the-key',
  ]);
});

test('nothing is judged that was not written', async () => {
  const { deps, done } = world({ refuses: true });
  await expect(takeObservation(deps, pointer)).rejects.toThrow(UnavailableError);
  expect(done).toEqual(['read the-key', 'lease of prod']);
});
