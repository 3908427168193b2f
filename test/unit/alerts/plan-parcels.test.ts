import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planParcels } from '../../../shared/domain/alerts/plan-parcels.ts';
import { alertOf, anyAlert } from './example.ts';

const RULES = { digestAbove: 3, firstRun: 'digest' } as const;
const waiting = (count: number, first = false) =>
  Array.from({ length: count }, (_, n) => ({ alert: alertOf(n.toString(16).padStart(32, '0')), first }));
const kinds = (...args: Parameters<typeof planParcels>) => planParcels(...args).map(({ kind }) => kind);

describe('alerts for people', () => {
  test('come one by one up to the bound, and in one digest above it', () => {
    expect(kinds(waiting(3), RULES)).toEqual(['alert', 'alert', 'alert']);
    expect(kinds(waiting(4), RULES)).toEqual(['digest']);
    expect(kinds(waiting(2), { ...RULES, digestAbove: 0 })).toEqual(['digest']);
  });

  test('of a first evaluation come in a digest of their own, unless there is one only or each is wanted', () => {
    expect(kinds([...waiting(2, true), ...waiting(2)], RULES)).toEqual(['digest', 'alert', 'alert']);
    expect(kinds(waiting(1, true), RULES)).toEqual(['alert']);
    expect(kinds(waiting(3, true), { ...RULES, firstRun: 'each' })).toEqual(['alert', 'alert', 'alert']);
    expect(kinds(waiting(4, true), { ...RULES, firstRun: 'each' })).toEqual(['digest']);
  });

  test('are each told by exactly one parcel, and digests count right', () => {
    const any = fc.array(fc.record({ alert: anyAlert, first: fc.boolean() }), { maxLength: 20 });
    fc.assert(
      fc.property(any, fc.nat(5), (all, digestAbove) => {
        const parcels = planParcels(all, { digestAbove, firstRun: 'digest' });
        expect(new Set(parcels.flatMap(({ alerts }) => alerts))).toEqual(new Set(all.map(({ alert }) => alert)));
        expect(parcels.flatMap(({ alerts }) => alerts)).toHaveLength(all.length);
        for (const parcel of parcels) {
          if (parcel.kind === 'alert') continue;
          expect(parcel.digest.checks.reduce((sum, { count }) => sum + count, 0)).toBe(parcel.alerts.length);
        }
      }),
      { numRuns: 30 },
    );
  });
});
