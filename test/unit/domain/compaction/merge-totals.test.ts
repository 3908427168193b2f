import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeTotals, windowLists } from '../../../../shared/domain/compaction/merge-totals.ts';
import { type Packed, packSlots } from '../../../../shared/domain/traffic-series/pack.ts';
import { LAYERS } from '../../../../shared/domain/traffic-series/slot.ts';
import { anySlot } from '../../traffic-series/slots.ts';

const someSlots = fc.uniqueArray(anySlot, { selector: ({ at }) => at, minLength: 1, maxLength: 12 });

const outcomes = ({ codes, codeCounts }: Packed) =>
  Object.fromEntries((codes as string[]).map((code, i) => [code, (codeCounts as number[])[i]]));

test.each(LAYERS)('totals of any parts of %s are those of all its windows, and no list of windows is left', (layer) => {
  fc.assert(
    fc.property(someSlots, fc.integer({ min: 1, max: 4 }), (slots, size) => {
      const parts = [...Map.groupBy(slots, (_, i) => i % size).values()].map((part) => packSlots(layer, part));
      const merged = mergeTotals(layer, parts);
      const { codes, codeCounts, ...totals } = merged;
      const whole = packSlots(layer, slots);
      expect(whole).toMatchObject(totals);
      expect(outcomes(merged)).toEqual(outcomes(whole));
      expect(Object.keys(merged).filter((name) => windowLists(layer).includes(name))).toEqual([]);
      expect(mergeTotals(layer, [merged])).toEqual(merged);
      const [first, ...others] = parts as [Packed];
      if (others.length > 0) expect(mergeTotals(layer, [mergeTotals(layer, others), first])).toEqual(merged);
    }),
  );
});
