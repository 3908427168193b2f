import { describe, expect, test } from 'vitest';
import { keptNotes } from '../../../../shared/domain/compaction/kept-notes.ts';

const instant = (text: string) => Date.parse(text);
const KEPT = {
  windowsSince: instant('2026-11-10T00:00:00Z'),
  daysSince: instant('2026-10-20T00:00:00Z'),
  monthsSince: instant('2026-03-01T00:00:00Z'),
  factsSince: 0,
};
const notes = (since: string, at: string, kept = KEPT) => keptNotes(kept, { since: instant(since), at: instant(at) });
const BY_DAY = 'traffic before 2026-11-10T00:00:00Z is kept by the day: of a day the period cuts, all is told';
const BY_MONTH = 'traffic before 2026-10-20T00:00:00Z is kept by the month: of a month the period cuts, all is told';

describe('what an answer owes to what is not kept', () => {
  test('is nothing where single windows are kept, or whole days and months are asked about', () => {
    expect(notes('2026-11-10T00:00:00Z', '2026-11-12T10:07:00Z')).toEqual([]);
    expect(notes('2026-10-21T00:00:00Z', '2026-11-12T10:07:00Z')).toEqual([]);
    expect(notes('2026-04-01T00:00:00Z', '2026-10-20T00:00:00Z')).toEqual([]);
  });

  test('is told for a day or a month that either end of the period cuts', () => {
    expect(notes('2026-10-21T07:00:00Z', '2026-11-12T00:00:00Z')).toEqual([BY_DAY]);
    expect(notes('2026-10-21T00:00:00Z', '2026-10-22T23:00:00Z')).toEqual([BY_DAY]);
    expect(notes('2026-10-02T00:00:00Z', '2026-11-12T00:00:00Z')).toEqual([BY_MONTH]);
    expect(notes('2026-09-01T00:00:00Z', '2026-10-25T01:00:00Z')).toEqual([BY_DAY]);
    expect(notes('2026-09-05T00:00:00Z', '2026-10-25T01:00:00Z')).toEqual([BY_MONTH, BY_DAY]);
  });

  test('is told where traffic or what was there is forgotten', () => {
    expect(notes('2026-01-15T00:00:00Z', '2026-11-12T00:00:00Z')).toEqual([
      'traffic before 2026-03-01T00:00:00Z is forgotten',
    ]);
    const kept = { ...KEPT, factsSince: instant('2026-11-01T00:00:00Z') };
    expect(notes('2026-10-21T00:00:00Z', '2026-11-12T00:00:00Z', kept)).toEqual([
      'what was gone before 2026-11-01T00:00:00Z is forgotten, and how things were described before',
    ]);
  });
});
