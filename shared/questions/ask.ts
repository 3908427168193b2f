import type { Freshness } from '../domain/api/freshness.ts';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { formatInstant } from '../domain/instant.ts';
import { cutNote, freshnessNote } from './notes.ts';
import { isMandatory, readCount } from './parameter.ts';
import { type Period, readPeriod } from './period.ts';
import type { AnswerRow, Question } from './question.ts';
import { mustTake, type ReadRows, readValues } from './read-values.ts';
import { withinScope } from './scope/read-scope.ts';
import { makeWalk, type Walk } from './walk/walk.ts';

export type AskDeps = {
  readonly readRows: ReadRows;
  /** The clusters the graph has scans of, with the instants of the first and the newest. */
  readonly readClusters: () => Promise<readonly { cluster: string; newest: number; oldest: number }[]>;
  readonly readWalk: (period: { cluster: string; since: number; at: number }) => Promise<Walk>;
  readonly readFreshness: (cluster: string, period: { since: number; at: number }) => Promise<Freshness>;
};

/** A question as it was asked: everything is text still. Absent parameters have their defaults. */
export type Asked = {
  readonly question: Question;
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly cluster?: string | undefined;
  /** Default: the newest the graph knows. */
  readonly at?: string | undefined;
  /** An instant, or a span before `at`. */
  readonly since?: string | undefined;
  /** Only rows about what lives there, and is owned so: the question's scope says what that is. */
  readonly namespace?: string | undefined;
  readonly owner?: string | undefined;
  /** How many rows are told at most. */
  readonly limit?: string | undefined;
  readonly now: number;
};

export type Answered = {
  readonly question: string;
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly summary: string;
  readonly rows: readonly AnswerRow[];
  /** How many rows there are; more than `rows` where the limit cut them. */
  readonly total: number;
  readonly notes: readonly string[];
  readonly freshness: readonly Freshness[];
};

/** Rows told where nobody says how many, and at most. */
export const LIMIT = { usual: 1_000, least: 1, most: 100_000 } as const;

const NO_WALK = makeWalk([]);

/** Answers one question. Throws InvalidInputError or NotFoundError for what was asked wrongly. */
export async function ask(deps: AskDeps, asked: Asked): Promise<Answered> {
  const { question, values } = asked;
  mustTake(question, values);
  const missing = question.parameters.find((one) => isMandatory(one) && values[one.name] === undefined);
  if (missing) throw new InvalidInputError(`the question ${question.id} wants ${missing.name}: ${missing.meaning}`);
  const limit = asked.limit === undefined ? LIMIT.usual : readCount('limit', LIMIT, asked.limit);
  const { cluster, newest, oldest } = chooseCluster(await deps.readClusters(), asked.cluster);
  const { since, at } = readPeriod(asked, newest, asked.now);
  if (at < oldest) {
    throw new InvalidInputError(
      `the graph knows ${cluster} since ${formatInstant(oldest)}: of ${formatInstant(at)} nothing can be told; ask about a later instant`,
    );
  }
  const period = { cluster, since, at };
  const [{ told, rows }, walk, freshness] = await Promise.all([
    readAsked(deps, asked, period),
    question.walks ? deps.readWalk(period) : NO_WALK,
    deps.readFreshness(cluster, { since, at }),
  ]);
  const answer = question.answer(rows, { ...period, ...told, walk });
  const { namespace, owner } = asked;
  const within = await withinScope(deps.readRows, { ...period, namespace, owner }, answer.rows, question.scope);
  return {
    question: question.id,
    ...period,
    summary: answer.summary(within),
    rows: within.slice(0, limit).map(answer.finish ?? ((row) => row)),
    total: within.length,
    notes: [...cutNote(within.length, limit), ...freshness.notes, freshnessNote(freshness)],
    freshness: [freshness],
  };
}

async function readAsked(deps: AskDeps, { question, values }: Asked, period: Period & { readonly cluster: string }) {
  const told = await readValues(deps.readRows, question, values, period);
  const keys = Object.entries(told.nodes).map(([name, { key }]) => [name, key]);
  return {
    told,
    rows: await deps.readRows(question.query, { ...period, ...told.values, ...Object.fromEntries(keys) }),
  };
}

/** The cluster named, or the only one. */
export function chooseCluster<Known extends { cluster: string }>(
  known: readonly Known[],
  name: string | undefined,
): Known {
  const names = known.map(({ cluster }) => cluster).join(', ');
  const [first, ...others] = known;
  if (!first) throw new NotFoundError('the graph is empty: scan a cluster first (meshgraph scan)');
  if (name === undefined) {
    if (others.length === 0) return first;
    throw new InvalidInputError(`the graph knows several clusters: say which is meant by cluster (${names})`);
  }
  const found = known.find(({ cluster }) => cluster === name);
  if (!found) throw new NotFoundError(`the graph knows no cluster "${name}", only ${names}`);
  return found;
}
