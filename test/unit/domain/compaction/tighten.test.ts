import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Spans } from '../../../../shared/domain/compaction/horizon.ts';
import { budgetUsed, tightenSpans } from '../../../../shared/domain/compaction/tighten.ts';

const DAY = 86_400_000;
const days = (spans: Required<Spans> | undefined) =>
  spans && Object.fromEntries(Object.entries(spans).map(([name, ms]) => [name, (ms ?? 0) / DAY]));
const DEFAULT: Spans = { windows: 14 * DAY, days: 400 * DAY, closed: 400 * DAY, findings: 400 * DAY };

describe('a retention that is tightened', () => {
  test('gives up a quarter of the longest span, of equals the least valuable', () => {
    const first = tightenSpans(DEFAULT, 1000 * DAY);
    expect(days(first)).toEqual({ windows: 14, days: 400, months: 750, closed: 400, findings: 400 });
    const second = tightenSpans({ ...DEFAULT, months: 400 * DAY }, 1000 * DAY);
    expect(days(second)).toEqual({ windows: 14, days: 400, months: 400, closed: 300, findings: 400 });
  });

  test('begins at the age of the oldest there is', () => {
    expect(days(tightenSpans(DEFAULT, 29.5 * DAY))).toEqual({
      windows: 14,
      days: 30,
      months: 30,
      closed: 22,
      findings: 30,
    });
  });

  test('ends at a day of everything, never keeps coarser for a shorter time than finer, and always gets there', () => {
    const span = fc.integer({ min: 1, max: 2000 }).map((n) => n * DAY);
    const some = fc.record({ windows: span, days: span, months: span, closed: span, findings: span });
    const valid = some.map((spans) => {
      const longest = Math.max(spans.days, spans.windows);
      return {
        ...spans,
        days: longest,
        months: Math.max(longest, spans.months),
        closed: Math.max(spans.closed, spans.windows),
      };
    });
    fc.assert(
      fc.property(valid, fc.integer({ min: 0, max: 3000 }), (configured, age) => {
        let spans: Spans = configured;
        for (let step = 0; ; step++) {
          expect(step).toBeLessThan(250);
          const next = tightenSpans(spans, age * DAY);
          if (!next) break;
          expect(next.months).toBeGreaterThanOrEqual(next.days);
          expect(next.days).toBeGreaterThanOrEqual(next.windows);
          expect(next.closed).toBeGreaterThanOrEqual(next.windows);
          spans = next;
        }
        expect(Math.max(...Object.values(spans).map((ms) => Math.min(ms ?? 0, Math.max(1, age) * DAY)))).toBe(DAY);
      }),
    );
  });
});

test('of a budget the dearer of the two counts', () => {
  const budget = { nodes: 1000, relationships: 2000 };
  expect(budgetUsed({ nodes: 100, relationships: 1500 }, budget)).toBe(75);
  expect(budgetUsed({ nodes: 1100, relationships: 1500 }, budget)).toBeCloseTo(110);
});
