import { expect, test } from 'vitest';
import { appendEntry, formatEntry, type HistoryEntry, parseEntry } from '../../../shared/domain/findings/history.ts';

test.each([
  ['open 5', { state: 'open', at: 5 }],
  [
    'accepted 5 {"by":"eve","why":"a \\"b\\" c","until":9}',
    { state: 'accepted', at: 5, by: 'eve', why: 'a "b" c', until: 9 },
  ],
] as const)('%s is read and written', (text, entry) => {
  expect(parseEntry(text)).toEqual(entry);
  expect(formatEntry(entry)).toBe(text);
});

test('a long history keeps its first entry and the newest ones', () => {
  const entries = Array.from(
    { length: 250 },
    (_, at): HistoryEntry => ({ state: at % 2 === 0 ? 'open' : 'resolved', at }),
  );
  const kept = entries.reduce<HistoryEntry[]>((history, entry) => appendEntry(history, entry), []);
  expect(kept.map(({ at }) => at)).toEqual([0, ...Array.from({ length: 99 }, (_, index) => 151 + index)]);
});
