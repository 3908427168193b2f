import { expect, test } from 'vitest';
import { horizonOf } from '../../../../shared/domain/compaction/horizon.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T15:00:00Z');
const date = (text: string) => Date.parse(`${text}T00:00:00Z`);

test('each span is counted back from now to the beginning of a day, months to that of a month', () => {
  const spans = { windows: 14 * DAY, days: 30 * DAY, months: 100 * DAY, closed: 40 * DAY, findings: 3 * DAY };
  expect(horizonOf(spans, NOW)).toEqual({
    windowsSince: date('2026-11-10'),
    daysSince: date('2026-10-25'),
    monthsSince: date('2026-08-01'),
    factsSince: date('2026-10-15'),
    findingsSince: date('2026-11-21'),
  });
});

test('without a span for months all traffic is kept', () => {
  expect(horizonOf({ windows: DAY, days: DAY, closed: DAY, findings: DAY }, NOW).monthsSince).toBe(0);
});

test('what is coarser is never kept for a shorter time than what is finer, nor objects than single windows', () => {
  const spans = { windows: 20 * DAY, days: 10 * DAY, months: 5 * DAY, closed: 2 * DAY, findings: DAY };
  const { windowsSince, daysSince, monthsSince, factsSince } = horizonOf(spans, NOW);
  expect(windowsSince).toBe(date('2026-11-04'));
  expect([daysSince, factsSince]).toEqual([windowsSince, windowsSince]);
  expect(monthsSince).toBeLessThanOrEqual(daysSince);
});
