import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planningSchedule, rateOf } from '../../infra/rates.ts';

const MINUTE = 60_000;
const scan = { lookback: 0, retainIdle: 0, firstScan: 0, catchUp: 0 };

test.each([
  [5, 5, 0.5, 'cron(1/5 * * * ? *)'],
  [5, 5, 0, 'cron(0/5 * * * ? *)'],
  [15, 5, 0.5, 'cron(1/5 * * * ? *)'],
  [60, 60, 2, 'cron(2 * * * ? *)'],
  [5, 7, 5, 'cron(0/5 * * * ? *)'],
  [1, 1, 0.5, 'cron(0/1 * * * ? *)'],
])('windows of %d minutes, objects every %d, settled after %d: %s', (period, clusterPeriod, settling, expected) => {
  const minutes = { period: period * MINUTE, clusterPeriod: clusterPeriod * MINUTE, settling: settling * MINUTE };
  expect(planningSchedule({ ...scan, ...minutes })).toBe(expected);
});

test('however it is configured, planning happens at least once a window, at the same minutes of every hour', () => {
  const divisors = fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60);
  fc.assert(
    fc.property(
      divisors,
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 0, max: 1200 }),
      (period, cluster, seconds) => {
        const schedule = planningSchedule({
          ...scan,
          period: period * MINUTE,
          clusterPeriod: cluster * MINUTE,
          settling: seconds * 1000,
        });
        const [, first = '', every] = /^cron\((\d+)(?:\/(\d+))? \* \* \* \? \*\)$/.exec(schedule) ?? [];
        expect(60 % Number(every ?? 60)).toBe(0);
        expect(Number(every ?? 60)).toBeLessThanOrEqual(period);
        expect(Number(first)).toBeLessThan(Number(every ?? 60));
      },
    ),
  );
});

test('rates are in minutes, in the singular where there is one', () => {
  expect([rateOf(MINUTE), rateOf(15 * MINUTE), rateOf(86_400_000)]).toEqual([
    'rate(1 minute)',
    'rate(15 minutes)',
    'rate(1440 minutes)',
  ]);
});
