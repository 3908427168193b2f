import { renderAnswer } from '../../../cli/ask/answer-table.ts';
import { orderedParameters } from '../../../cli/ask/read-parameters.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import type { Question } from '../../../shared/questions/question.ts';
import { askGraph } from './ask-graph.ts';

/** The recording is ten minutes long. */
const SINCE = '10m';
/** So many rows show what an answer looks like. */
const ROWS = '12';

/** The command line of a question's example, and what it prints: the answer, then what is to be known about it. */
export async function exampleAnswer(graph: Graph, question: Question): Promise<string> {
  const { since = SINCE, at, namespace, owner, ...values } = question.example;
  const whole = await askGraph(graph, question.id, values, { since, at, namespace, owner });
  const limit = whole.total > Number(ROWS) ? ROWS : undefined;
  const answered = await askGraph(graph, question.id, values, { since, at, namespace, owner, limit });
  const inOrder = orderedParameters(question).map(({ name }) => name);
  const flags = Object.entries({ ...values, since, at, namespace, owner, limit })
    .filter(([name, value]) => value !== undefined && !inOrder.includes(name))
    .map(([name, value]) => `--${name} ${value}`);
  const command = ['$ meshgraph ask', question.id, ...inOrder.map((name) => values[name]), ...flags].join(' ');
  const notes = answered.notes.map((note) => `note: ${note}\n`).join('');
  return `${command}\n${renderAnswer({ colour: false }, question, answered)}${notes}`;
}
