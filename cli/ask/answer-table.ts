import { formatInstant } from '../../shared/domain/instant.ts';
import type { Answered } from '../../shared/questions/ask.ts';
import type { AnswerColumn, AnswerRow, Question } from '../../shared/questions/question.ts';
import type { Io } from '../io.ts';
import { paint } from '../output/paint.ts';
import { type Column, renderTable } from '../output/table.ts';

/** One sentence, the period it holds for, and the rows. */
export function renderAnswer(io: Pick<Io, 'colour' | 'columns'>, question: Question, answered: Answered): string {
  const { summary, cluster, since, at, rows } = answered;
  const head = `${paint(io, 'bold', summary)} (${cluster}, ${formatInstant(since)} to ${formatInstant(at)})\n`;
  return head + renderTable(io, question.columns.map(tableColumn), rows);
}

const tableColumn = ({ name, title, kind }: AnswerColumn): Column<AnswerRow> => ({
  title,
  whole: kind === 'instant',
  value: (row) => {
    const value = row[name];
    if (value === null || value === undefined || value === '') return undefined;
    if (kind === 'instant') return formatInstant(Number(value));
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (typeof value === 'number') return value;
    return typeof value === 'string' ? value : value.join(', ') || undefined;
  },
});
