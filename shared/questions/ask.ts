import { coverageNotes, type Knowledge } from '../checks/coverage.ts';
import { parseDuration } from '../domain/duration.ts';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { readPeriod } from './period.ts';
import type { Answer, NamedNode, Question, QuestionInput } from './question.ts';
import nodes from './reference/nodes.cypher';
import { referenceRow, resolveReference } from './reference/resolve.ts';

export type AskDeps = {
  readonly readRows: (query: string, parameters: Readonly<Record<string, unknown>>) => Promise<readonly unknown[]>;
  /** The clusters the graph has scans of, with the instant of the newest. */
  readonly readClusters: () => Promise<readonly { cluster: string; newest: number }[]>;
  readonly readKnowledge: (cluster: string, period: { since: number; at: number }) => Promise<Knowledge>;
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
  readonly now: number;
};

export type Answered = Answer & {
  readonly question: string;
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly notes: readonly string[];
};

/** Answers one question. Throws InvalidInputError or NotFoundError for what was asked wrongly. */
export async function ask(deps: AskDeps, asked: Asked): Promise<Answered> {
  const { question } = asked;
  const missing = question.parameters.find(({ kind, name }) => kind === 'node' && asked.values[name] === undefined);
  if (missing) throw new InvalidInputError(`the question ${question.id} wants ${missing.name}: ${missing.meaning}`);
  const { cluster, newest } = chooseCluster(await deps.readClusters(), asked.cluster);
  const { since, at } = readPeriod(asked, newest, asked.now);
  const input: QuestionInput = { cluster, since, at, ...(await readValues(deps, asked, cluster)) };
  const keys = Object.entries(input.nodes).map(([name, { key }]) => [name, key]);
  const parameters = { cluster, since, at, ...input.values, ...Object.fromEntries(keys) };
  const rows = await deps.readRows(question.query, parameters);
  const notes = coverageNotes(await deps.readKnowledge(cluster, { since, at }), { since, at });
  return { question: question.id, cluster, since, at, notes, ...question.answer(rows, input) };
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

async function readValues(
  deps: AskDeps,
  { question, values }: Asked,
  cluster: string,
): Promise<Pick<QuestionInput, 'nodes' | 'values'>> {
  const named: Record<string, NamedNode> = {};
  const read: Record<string, number | string | null> = {};
  const isNode = question.parameters.some(({ kind }) => kind === 'node');
  const candidates = isNode ? (await deps.readRows(nodes, { cluster })).map((row) => referenceRow.parse(row)) : [];
  for (const parameter of question.parameters) {
    const text = values[parameter.name];
    if (parameter.kind === 'duration') {
      read[parameter.name] = text === undefined ? parameter.defaultMs : parseDuration(text);
    } else named[parameter.name] = resolveReference(text ?? '', candidates, parameter.labels);
  }
  return { nodes: named, values: read };
}
