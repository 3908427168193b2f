import { describe, expect, test } from 'vitest';
import { rollUpWindows, scansToForget, type WindowEntry } from '../../../../shared/domain/compaction/roll-up-ledger.ts';

const MINUTE = 60_000;
const AT = Date.parse('2026-11-24T10:50:00Z');
const entry = (from: number, more: Partial<WindowEntry> = {}): WindowEntry => {
  const at = from + 5 * MINUTE;
  return { key: `${from} ${more.readAt ?? ''}`, from, at, readAt: at, complete: true, ...more };
};

describe('the ledger of traffic, rolled up', () => {
  const entries = [0, 5, 10, 15].map((minute) => entry(AT + minute * MINUTE));

  test('is one entry an hour that says how much of it windows covered', () => {
    const [first, second, ...more] = rollUpWindows('prod', entries, 'hour');
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      from: AT,
      at: AT + 10 * MINUTE,
      windows: 2,
      coveredMs: 10 * MINUTE,
      partialWindows: 0,
    });
    expect(second).toMatchObject({ key: `prod/traffic/hour/${AT + 10 * MINUTE}`, from: AT + 10 * MINUTE, windows: 2 });
  });

  test('counts two readings of a window once, as whole where one of them is', () => {
    const partial = entry(AT, { complete: false });
    const mended = rollUpWindows('prod', [partial, entry(AT, { readAt: AT + 60 * MINUTE })], 'hour');
    expect(mended).toMatchObject([{ windows: 1, coveredMs: 5 * MINUTE, partialWindows: 0, complete: true }]);
    expect(rollUpWindows('prod', [partial], 'hour')).toMatchObject([{ partialWindows: 1, complete: false }]);
  });

  test('by the day is the same whether it was rolled up by the hour before', () => {
    const hours = rollUpWindows('prod', [...entries, entry(AT + 20 * MINUTE, { complete: false })], 'hour');
    const days = rollUpWindows('prod', [...entries, entry(AT + 20 * MINUTE, { complete: false })], 'day');
    expect(rollUpWindows('prod', hours, 'day')).toEqual(days);
    expect(rollUpWindows('prod', days, 'day')).toEqual(days);
  });
});

test('of scans of objects an hour keeps the newest of each family', () => {
  const scan = (minute: number, ...families: string[]) => {
    const at = AT + minute * MINUTE;
    return { key: `${minute}`, at, readAt: at, families };
  };
  const scans = [
    scan(0, 'pods', 'roles'),
    scan(3, 'pods', 'roles'),
    scan(6, 'pods'),
    scan(8, 'pods'),
    scan(10, 'pods'),
  ];
  expect(scansToForget(scans, 'hour').sort()).toEqual(['0', '6']);
  expect(scansToForget(scans, 'day').sort()).toEqual(['0', '6', '8']);
});
