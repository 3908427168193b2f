import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../shared/domain/duration.ts';
import { formatInstant, parseInstant } from '../../../shared/domain/instant.ts';

const now = Date.parse('2026-11-23T18:00:00Z');

test.each([
  ['now', now],
  ['-2h', now - 7_200_000],
  ['2h', now - 7_200_000],
  ['90m ago', now - 5_400_000],
  ['1h30m', now - 5_400_000],
  ['2026-11-23', Date.UTC(2026, 10, 23)],
  ['2026-11-23T17:54:00Z', Date.UTC(2026, 10, 23, 17, 54)],
  ['2026-11-23T19:54:00.5+02:00', Date.UTC(2026, 10, 23, 17, 54, 0, 500)],
])('%s is an instant', (text, expected) => {
  expect(parseInstant(text, now)).toBe(expected);
});

test.each(['', 'tomorrow', '2026-11-23T17:54:00', '2026-13-01', '2026-11-23 17:54', '5 minutes', '-2', '1.5h'])(
  '"%s" is refused, with the forms that serve',
  (text) => {
    expect(() => parseInstant(text, now)).toThrow(/2026-11-23T17:54:00Z/);
  },
);

test('an instant printed is read back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
      expect(parseInstant(formatInstant(ms), now)).toBe(ms);
    }),
  );
});

test('a span of whole seconds printed is read back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds * 1_000))).toBe(seconds * 1_000);
    }),
  );
});
