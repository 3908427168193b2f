import { csvText } from '../../shared/domain/csv-text.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { Answered } from '../../shared/questions/ask.ts';
import type { AnswerColumn, AnswerRow, Question } from '../../shared/questions/question.ts';
import type { Io } from '../io.ts';
import { markdownTable, markdownText } from '../output/markdown-text.ts';
import { paint } from '../output/paint.ts';
import { printable } from '../output/printable.ts';
import { type Column, renderTable } from '../output/table.ts';

type Shown = Pick<Answered, 'summary' | 'cluster' | 'since' | 'at' | 'rows'>;

/** One sentence, the period it holds for, and the rows. */
export function renderAnswer(io: Pick<Io, 'colour' | 'columns'>, question: Question, answered: Shown): string {
  const head = `${paint(io, 'bold', printable(answered.summary))} (${periodOf(answered)})\n`;
  return head + renderTable(io, question.columns.map(tableColumn), answered.rows);
}

/** The same as Markdown, with what is to be known about it. */
export function renderAnswerMarkdown(question: Question, answered: Shown & Pick<Answered, 'notes'>): string {
  const { columns } = question;
  const cells = answered.rows.map((row) => columns.map((column) => markdownText(String(cellOf(column, row) ?? ''))));
  const titles = columns.map(({ title }) => markdownText(title));
  const parts = [
    `**${markdownText(answered.summary)}** (${markdownText(periodOf(answered))})`,
    ...(cells.length > 0 ? [markdownTable(titles, cells)] : []),
    answered.notes.map((note) => `- ${markdownText(note)}`).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The rows alone, under the names their columns have in JSON. */
export const renderAnswerCsv = ({ columns }: Question, { rows }: Shown): string =>
  csvText(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map((column) => String(cellOf(column, row) ?? ''))),
  );

const periodOf = ({ cluster, since, at }: Shown): string =>
  `${printable(cluster)}, ${formatInstant(since)} to ${formatInstant(at)}`;

const tableColumn = (column: AnswerColumn): Column<AnswerRow> => ({
  title: column.title,
  whole: column.kind === 'instant',
  value: (row) => {
    const cell = cellOf(column, row);
    return typeof cell === 'string' ? printable(cell) : cell;
  },
});

/** A value as people read it; undefined where there is nothing to read. */
function cellOf({ name, kind }: AnswerColumn, row: AnswerRow): string | number | undefined {
  const value = row[name];
  if (value === null || value === undefined || value === '') return undefined;
  if (kind === 'instant') return formatInstant(Number(value));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? value : value.join(', ') || undefined;
}
