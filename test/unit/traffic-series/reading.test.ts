import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeReading, type Reading } from '../../../shared/domain/traffic-series/reading.ts';

const reading = (readAt: number, digest = 'a'): Reading => ({ complete: true, readAt, digest });
const partial = (readAt: number): Reading => ({ ...reading(readAt), complete: false });

describe('a reading of a window', () => {
  it.each([
    ['is appended when nobody read the window before', reading(1), [], false, 'append'],
    ['replaces what an unfinished write left', reading(1), [], true, 'replace'],
    ['replaces an earlier reading', reading(2), [reading(1)], false, 'replace'],
    ['gives way to a later reading', reading(1), [reading(2)], false, 'superseded'],
    ['gives way to a later reading even when another write broke off', reading(1), [reading(2)], true, 'superseded'],
    ['changes nothing when it comes again', reading(2), [reading(1), reading(2)], false, 'duplicate'],
    ['is restored when it comes again after another write broke off', reading(2), [reading(2)], true, 'replace'],
    [
      'wins over one read at the same instant by the greater digest',
      reading(1, 'b'),
      [reading(1, 'a')],
      false,
      'replace',
    ],
    [
      'loses to one read at the same instant with a greater digest',
      reading(1, 'a'),
      [reading(1, 'b')],
      false,
      'superseded',
    ],
    ['does not replace a complete one when it is partial, however late', partial(2), [reading(1)], false, 'superseded'],
    ['replaces a partial one when it is complete, however early', reading(1), [partial(2)], false, 'replace'],
    ['replaces an earlier partial one when it is partial too', partial(2), [partial(1)], false, 'replace'],
  ] as const)('%s', (_, next, recorded, dirty, verdict) => {
    expect(judgeReading(next, recorded, dirty)).toBe(verdict);
  });

  it('leaves the same one standing in whatever order the readings come', () => {
    const readings = fc.uniqueArray(
      fc.record({ complete: fc.boolean(), readAt: fc.nat(2), digest: fc.constantFrom('a', 'b', 'c') }),
      {
        selector: ({ complete, readAt, digest }) => `${complete}${readAt}${digest}`,
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(readings, fc.infiniteStream(fc.nat()), (known, dice) => {
        const shuffled = known.map((one) => ({ one, dice: dice.next().value })).toSorted((a, b) => a.dice - b.dice);
        const standing = (order: readonly Reading[]) => {
          const kept: Reading[] = [];
          for (const next of order) if (judgeReading(next, kept, false) !== 'superseded') kept.push(next);
          return kept.at(-1);
        };
        expect(standing(shuffled.map(({ one }) => one))).toEqual(standing(known));
      }),
    );
  });
});
