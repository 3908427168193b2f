import type { Answer, Reader } from '../../domain/api/operations.ts';
import { nearest } from '../../domain/configuration/nearest.ts';
import { NotFoundError } from '../../domain/errors.ts';
import { type Answered, type AskDeps, ask } from '../../questions/ask.ts';
import { readDifference } from '../../questions/changes/read-difference.ts';
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
  const deps: AskDeps = {
    readRows: (query, parameters) => readRows(graph, query, parameters),
    readClusters: () => readClusters(graph),
    readWalk,
    readFreshness: (cluster, period) => readFreshness(graph, cluster, period),
  };

  return {
    listQuestions: async () => ({ questions: QUESTIONS.map(describeQuestion) }),
    askQuestion: async ({ name, cluster, at, since, namespace, owner, limit, ...values }) => {
      const asked = { question: questionNamed(name), values, cluster, at, since, namespace, owner, limit };
      return told(await ask(deps, { ...asked, now: now() }));
    },
    readDiff: async (asked) => told(await readDifference(deps, { ...asked, now: now() })),
  };
}

const told = ({ rows, notes, freshness, ...answered }: Answered): Answer<'askQuestion'> => ({
  ...answered,
  rows: rows as never,
  notes: [...notes],
  freshness: [...freshness],
});

function questionNamed(name: string): Question {
  const found = QUESTIONS.find(({ id }) => id === name);
  if (found) return found;
  const ids = QUESTIONS.map(({ id }) => id);
  const close = nearest(name, ids);
  const hint = close === undefined ? `known: ${ids.join(', ')}` : `did you mean ${close}?`;
  throw new NotFoundError(`there is no question "${name}"; ${hint}`);
}
