import type { Io } from '../io.ts';
import { type Colour, paint } from './paint.ts';

export type Column<Row> = {
  readonly title: string;
  readonly value: (row: Row) => string | number | undefined;
  readonly colour?: (row: Row) => Colour | undefined;
  /** Means nothing when cut. Numbers never are. */
  readonly whole?: boolean;
};

const GAP = '  ';
const NARROWEST = 12;

/**
 * Rows under their titles, one line each: numbers to the right, text to the left, an absent value as `-`. On a terminal
 * the widest texts are cut (`…`) until a line fits or nothing readable would be left; in a pipe nothing is. Ends with a newline; no rows, no text.
 */
export function renderTable<Row>(
  io: Pick<Io, 'colour' | 'columns'>,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => columns.map((column) => String(column.value(row) ?? '-')));
  const numeric = columns.map((column) => rows.every((row) => typeof (column.value(row) ?? 0) === 'number'));
  const widths = shrink(
    columns.map((column, i) => Math.max(column.title.length, ...cells.map((line) => line[i]?.length ?? 0))),
    columns.map(({ whole }, i) => whole !== true && !numeric[i]),
    io.columns,
  );
  const align = (text: string, i: number): string => {
    const width = widths[i] ?? 0;
    if (text.length > width) return `${text.slice(0, width - 1)}…`;
    if (numeric[i]) return text.padStart(width);
    return i === columns.length - 1 ? text : text.padEnd(width);
  };
  const title = paint(io, 'bold', columns.map((column, i) => align(column.title, i)).join(GAP));
  const lines = rows.map((row, r) =>
    columns
      .map((column, i) => {
        const text = align(cells[r]?.[i] ?? '', i);
        const colour = column.colour?.(row);
        return colour ? paint(io, colour, text) : text;
      })
      .join(GAP),
  );
  return `${[title, ...lines].join('\n')}\n`;
}

/** Takes from the widest column that may be cut, one character at a time, until the line fits or nothing is left to take. */
function shrink(wanted: readonly number[], cuttable: readonly boolean[], available: number | undefined): number[] {
  const widths = [...wanted];
  if (available === undefined) return widths;
  const room = available - GAP.length * (widths.length - 1);
  for (let total = widths.reduce((a, b) => a + b, 0); total > room; total--) {
    const width = Math.max(...widths.filter((_, i) => cuttable[i]));
    if (width <= NARROWEST) break;
    widths[widths.findIndex((one, i) => cuttable[i] && one === width)] = width - 1;
  }
  return widths;
}
