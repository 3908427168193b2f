import { describe, expect, it } from 'vitest';
import { bucketOf, chunkId, dayOf, hourIds, seriesDigestOf } from '../../../shared/domain/traffic-series/bucket.ts';

const at = Date.parse('2026-02-28T23:59:59.999Z');

describe('the bucket of a window', () => {
  it.each([
    ['hour', '2026-02-28T23:00:00Z'],
    ['day', '2026-02-28T00:00:00Z'],
    ['month', '2026-02-01T00:00:00Z'],
  ] as const)('is the %s in which it starts, in UTC', (grain, start) => {
    expect(bucketOf(at, grain)).toBe(Date.parse(start));
  });

  it('has an id that tells the series, and a day knows those of its 24 hours', () => {
    const id = chunkId('abc', 'hour', bucketOf(at, 'hour'));
    expect(seriesDigestOf(id)).toBe('abc');
    expect(hourIds('abc', dayOf(at))).toHaveLength(24);
    expect(hourIds('abc', dayOf(at)).at(-1)).toBe(id);
  });
});
