import type { Answered } from '../../shared/questions/ask.ts';
import { differencePicture } from '../../shared/questions/changes/picture.ts';
import { changes } from '../../shared/questions/changes/question.ts';
import type { Io } from '../io.ts';
import { printable } from '../output/printable.ts';
import { writeAnswer } from './write-answer.ts';

/** Mermaid draws no more than some hundred arrows that anybody could read. */
const MOST_DRAWN = 100;

/** A difference in the format asked for; a picture of it in Markdown, where a picture tells anything. */
export function writeDiff(io: Io, answered: Answered, format: string): void {
  const { mermaid, left } = differencePicture(answered.rows, MOST_DRAWN);
  if (format === 'mermaid') {
    for (const note of answered.notes) io.err(`note: ${printable(note)}\n`);
    if (left > 0) io.err(`note: the ${MOST_DRAWN} oldest changes are drawn, ${left} more are not\n`);
    io.out(`${mermaid}\n`);
    return;
  }
  writeAnswer(io, changes, answered, format);
  if (format === 'markdown' && mermaid.includes('\n')) io.out(`\n\`\`\`mermaid\n${mermaid}\n\`\`\`\n`);
}
