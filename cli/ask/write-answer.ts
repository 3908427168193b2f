import { formatDuration } from '../../shared/domain/duration.ts';
import type { Answered } from '../../shared/questions/ask.ts';
import type { Question } from '../../shared/questions/question.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { printable } from '../output/printable.ts';
import { renderAnswer, renderAnswerCsv, renderAnswerMarkdown } from './answer-table.ts';

/** An answer in the format asked for; what is to be known about it goes to stderr, but where the format has a place for it. */
export function writeAnswer(io: Io, question: Question, answered: Answered, format: string): void {
  if (format !== 'markdown') for (const note of answered.notes) io.err(`note: ${printable(note)}\n`);
  const age = io.now() - answered.at;
  if (age >= 1_000) io.err(`note: the answer is of ${formatDuration(age)} ago\n`);
  if (format === 'json') writeJson(io, answered);
  else if (format === 'csv') io.out(renderAnswerCsv(question, answered));
  else if (format === 'markdown') io.out(renderAnswerMarkdown(question, answered));
  else io.out(renderAnswer(io, question, answered));
}
