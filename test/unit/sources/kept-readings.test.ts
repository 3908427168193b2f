import { expect, test } from 'vitest';
import type { ClusterObservation } from '../../../shared/domain/observation.ts';
import { keptReadings } from '../../../shared/sources/kept-readings.ts';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00Z');
const keyAt = (minutes: number) => `observations/prod/cluster/${NOON + minutes * MINUTE}-0123456789abcdef.json.gz`;

function bucket(...minutes: number[]) {
  const read: string[] = [];
  const store = {
    keysSince: async (_: string, __: unknown, since: number) =>
      minutes.filter((minute) => NOON + minute * MINUTE >= since).map(keyAt),
    clusterAt: async (key: string) => {
      read.push(key);
      if (read.length === 1 && minutes.includes(-999)) throw new Error('throttled');
      return { entities: [], relations: [] } as unknown as ClusterObservation;
    },
  };
  return { readings: keptReadings(store), read };
}
const window = (minutes: number) => ({ from: NOON + (minutes - 5) * MINUTE, to: NOON + minutes * MINUTE });
const minutesOf = (found: { at: number }[]) => found.map(({ at }) => (at - NOON) / MINUTE);

test('of a window caught up late: the newest reading, then from the one after it backwards, an hour at most', async () => {
  const { readings } = bucket(-200, -130, -125, -120, -115, -110, -5, 0);
  expect(minutesOf(await readings('prod', window(-120)))).toEqual([0, -120, -125, -130]);
});

test('of the newest window: each reading once', async () => {
  expect(minutesOf(await bucket(-10, -5, 0.2).readings('prod', window(0)))).toEqual([0.2, -5, -10]);
  expect(minutesOf(await bucket(-10, -5).readings('prod', window(0)))).toEqual([-5, -10]);
  expect(await bucket().readings('prod', window(0))).toEqual([]);
});

test('a reading is opened once, however many windows ask; one that failed is opened again', async () => {
  const { readings, read } = bucket(-5, 0);
  for (const minute of [0, 0, -5]) for (const reading of await readings('prod', window(minute))) await reading.owners();
  expect(read).toEqual([keyAt(0), keyAt(-5)]);

  const failing = bucket(-999, 0);
  const [reading] = await failing.readings('prod', window(0));
  await expect(reading?.owners()).rejects.toThrow('throttled');
  await reading?.owners();
  expect(failing.read).toHaveLength(2);
});
