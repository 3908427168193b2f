import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSlots, unpackSlots } from '../../../shared/domain/traffic-series/pack.ts';
import { MEASURES, type Slot } from '../../../shared/domain/traffic-series/slot.ts';
import { dropSlot, mergeChunks, putSlot } from '../../../shared/domain/traffic-series/splice.ts';
import { anySlot, MINUTE, slotAt } from './slots.ts';

const byAt = (slots: Iterable<Slot>) => [...slots].toSorted((a, b) => a.at - b.at);

describe('a packed traffic relationship', () => {
  it('holds totals, parallel lists and outcomes of the windows it was given', () => {
    const packed = packSlots('CALLED', [
      slotAt(2 * MINUTE, { requests: 3, failures: 1, p95: 7.5 }, { '503': 1, '200': 2 }),
      slotAt(0, { requests: 5 }, { '200': 5 }),
    ]);
    expect(packed).toEqual({
      firstAt: 0,
      lastAt: 3 * MINUTE,
      at: [0, 2 * MINUTE],
      wLength: [MINUTE, MINUTE],
      requests: 8,
      failures: 1,
      refused: 0,
      connections: 0,
      bytesSent: 0,
      bytesReceived: 0,
      wRequests: [5, 3],
      wFailures: [0, 1],
      wP95: [-1, 7.5],
      codes: ['200', '503'],
      codeCounts: [7, 1],
      wCodeAt: [0, 2 * MINUTE, 2 * MINUTE],
      wCode: ['200', '200', '503'],
      wCodeCount: [5, 2, 1],
    });
  });

  it('refuses to be empty', () => {
    expect(() => packSlots('CALLED', [])).toThrow('at least one window');
  });

  it('gives back exactly the windows it was given, in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anySlot, { selector: (slot) => slot.at, minLength: 1 }), (slots) => {
        expect(unpackSlots('CALLED', packSlots('CALLED', slots))).toEqual(byAt(slots));
      }),
    );
  });

  it('equals a plain map of windows after any sequence of writes, rewrites and removals', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: anySlot },
      { weight: 1, arbitrary: fc.nat(30).map((n) => n * MINUTE) },
    );
    fc.assert(
      fc.property(anySlot, fc.array(step, { maxLength: 40 }), (first, steps) => {
        const model = new Map([[first.at, first]]);
        let packed = packSlots('CALLED', [first]);
        for (const next of steps) {
          if (typeof next !== 'number') {
            model.set(next.at, next);
            packed = putSlot('CALLED', packed, next);
          } else if (model.size > 1) {
            model.delete(next);
            packed = dropSlot('CALLED', packed, next) ?? expect.unreachable('windows are left');
          }
        }
        expect(unpackSlots('CALLED', packed)).toEqual(byAt(model.values()));
        for (const measure of MEASURES.CALLED.sums) {
          const total = [...model.values()].reduce((sum, slot) => sum + (slot.values[measure] ?? 0), 0);
          expect(packed[measure]).toBe(total);
        }
      }),
    );
  });

  it('is gone when its last window is dropped', () => {
    expect(dropSlot('CALLED', packSlots('CALLED', [slotAt(0, { requests: 1 })]), 0)).toBeNull();
  });

  it('does not depend on how its windows were spread over hours', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(anySlot, fc.nat(3)), { selector: ([slot]) => slot.at, minLength: 1 }),
        (placed) => {
          const chunks = [0, 1, 2, 3]
            .map((chunk) => placed.filter(([, to]) => to === chunk).map(([slot]) => slot))
            .filter((slots) => slots.length > 0)
            .map((slots) => packSlots('CALLED', slots));
          expect(mergeChunks('CALLED', chunks)).toEqual(
            packSlots(
              'CALLED',
              placed.map(([slot]) => slot),
            ),
          );
        },
      ),
    );
  });
});
