import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Column, renderTable } from '../../../../cli/output/table.ts';

type Row = { caller: string; requests: number; identity?: string };
const columns: Column<Row>[] = [
  { title: 'CALLER', value: (row) => row.caller, colour: () => 'red' },
  { title: 'REQUESTS', value: (row) => row.requests },
  { title: 'IDENTITY', value: (row) => row.identity },
];
const rows: Row[] = [
  { caller: 'books/web', requests: 12, identity: 'web.books.serviceaccount.identity.linkerd.cluster.local' },
  { caller: 'rogue/scanner', requests: 1375 },
];

describe('a table', () => {
  test('aligns text to the left and numbers to the right, and shows an absent value as a dash', () => {
    expect(renderTable({ colour: false }, columns, rows)).toBe(
      [
        'CALLER         REQUESTS  IDENTITY',
        'books/web            12  web.books.serviceaccount.identity.linkerd.cluster.local',
        'rogue/scanner      1375  -',
        '',
      ].join('\n'),
    );
  });

  test('fits a terminal by cutting the widest column', () => {
    const lines = renderTable({ colour: false, columns: 50 }, columns, rows).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBe(50);
    expect(lines[1]).toBe('books/web            12  web.books.serviceaccount…');
  });

  test('stays readable where the terminal is too narrow for any table', () => {
    const [title, , scanner] = renderTable({ colour: false, columns: 10 }, columns, rows).split('\n');
    expect(title).toBe('CALLER        REQUESTS  IDENTITY');
    expect(scanner).toBe('rogue/scann…      1375  -');
  });

  test('cuts neither numbers nor what means nothing when cut', () => {
    const instant = '2026-11-23T17:49:00.000Z';
    const whole: Column<{ name: string; count: number }>[] = [
      { title: 'name', value: ({ name }) => name },
      { title: 'count', value: ({ count }) => count },
      { title: 'first', value: () => instant, whole: true },
    ];
    const row = { name: 'a-name-that-may-be-cut', count: 12_345_678_901_234 };
    const [, line] = renderTable({ colour: false, columns: 20 }, whole, [row]).split('\n');
    expect(line).toBe(`a-name-that…  12345678901234  ${instant}`);
  });

  test('has the same text with colours as without', () => {
    const coloured = renderTable({ colour: true }, columns, rows);
    expect(coloured).toContain('\u001b[31mrogue/scanner');
    expect(stripVTControlCharacters(coloured)).toBe(renderTable({ colour: false }, columns, rows));
  });

  test('of no rows is no text', () => {
    expect(renderTable({ colour: false }, columns, [])).toBe('');
  });
});
