import type { Answer, Reader } from '../../domain/api/operations.ts';
import { nearest } from '../../domain/configuration/nearest.ts';
import { NotFoundError } from '../../domain/errors.ts';
import { type Asked, ask, LIMIT } from '../../questions/ask.ts';
import { describeQuestion } from '../../questions/describe.ts';
import type { Question } from '../../questions/question.ts';
import { QUESTIONS } from '../../questions/registry.ts';
import { readClusters } from '../knowledge.ts';
import { readRows } from '../questions.ts';
import type { ReadingContext } from './graph-reader.ts';
import { readFreshness } from './read-freshness.ts';

/** The named questions, and the one of them that tells what changed by its two ends. */
export function questionReading({
  graph,
  now,
  readWalk,
}: ReadingContext): Pick<Reader, 'listQuestions' | 'askQuestion' | 'readDiff'> {
  const answer = async (asked: Omit<Asked, 'now'>): Promise<Answer<'askQuestion'>> => {
    const deps = {
      readRows: (query: string, parameters: Readonly<Record<string, unknown>>) => readRows(graph, query, parameters),
      readClusters: () => readClusters(graph),
      readWalk,
      readFreshness: (cluster: string, period: { since: number; at: number }) => readFreshness(graph, cluster, period),
    };
    const { rows, notes, freshness, ...answered } = await ask(deps, { ...asked, now: now() });
    return { ...answered, rows: rows as never, notes: [...notes], freshness: [...freshness] };
  };

  return {
    listQuestions: async () => ({ questions: QUESTIONS.map(describeQuestion) }),
    askQuestion: ({ name, cluster, at, since, namespace, owner, limit, ...values }) =>
      answer({ question: questionNamed(name), values, cluster, at, since, namespace, owner, limit }),
    // A difference is told whole: what is cut of it would pass for what did not change.
    readDiff: ({ from, to, cluster, quiet }) =>
      answer({
        question: questionNamed('changes'),
        values: { quiet },
        cluster,
        at: to,
        since: from,
        limit: String(LIMIT.most),
      }),
  };
}

function questionNamed(name: string): Question {
  const found = QUESTIONS.find(({ id }) => id === name);
  if (found) return found;
  const ids = QUESTIONS.map(({ id }) => id);
  const close = nearest(name, ids);
  const hint = close === undefined ? `known: ${ids.join(', ')}` : `did you mean ${close}?`;
  throw new NotFoundError(`there is no question "${name}"; ${hint}`);
}
