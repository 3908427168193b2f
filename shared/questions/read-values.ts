import { nearest } from '../domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import { type ParameterValue, readValue } from './parameter.ts';
import type { NamedNode, Question, QuestionInput } from './question.ts';
import nodes from './reference/nodes.cypher';
import nodesLike from './reference/nodes-like.cypher';
import { type Candidate, referenceRow, resolveReference } from './reference/resolve.ts';

export type ReadRows = (query: string, parameters: Readonly<Record<string, unknown>>) => Promise<readonly unknown[]>;
type Texts = Readonly<Record<string, string | undefined>>;

/** Throws InvalidInputError for a parameter the question does not take. */
export function mustTake({ id, parameters }: Question, values: Texts): void {
  const names = parameters.map(({ name }) => name);
  const [unknown] = Object.keys(values).filter((name) => values[name] !== undefined && !names.includes(name));
  if (unknown === undefined) return;
  const known = names.map((name) => `${name}=...`).join(', ') || 'no parameters';
  const close = nearest(unknown, names);
  const hint = close === undefined ? '' : `; did you mean ${close}?`;
  throw new InvalidInputError(`the question ${id} takes ${known}, not "${unknown}"${hint}`);
}

/** The parameters of a question, read. Throws InvalidInputError or NotFoundError with what was expected. */
export async function readValues(
  readRows: ReadRows,
  { parameters }: Question,
  texts: Texts,
  { cluster, at }: { readonly cluster: string; readonly at: number },
): Promise<Pick<QuestionInput, 'nodes' | 'values'>> {
  const named: Record<string, NamedNode> = {};
  const read: Record<string, ParameterValue> = {};
  for (const parameter of parameters) {
    const text = texts[parameter.name];
    if (parameter.kind !== 'node') read[parameter.name] = readValue(parameter, text, at);
    else if (text === undefined) read[parameter.name] = null;
    else named[parameter.name] = await findNode(readRows, cluster, text, parameter.labels);
  }
  return { nodes: named, values: read };
}

/** By the index where the text tells the namespace, else among all there is: that is also what a wrong name is like. */
async function findNode(readRows: ReadRows, cluster: string, text: string, labels: readonly string[]) {
  const slash = text.indexOf('/');
  if (slash > 0) {
    const prefix = `${cluster}/${text.slice(0, slash)}/`;
    const near = await candidates(readRows, nodesLike, { prefix });
    try {
      return resolveReference(text, near, labels);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
  return resolveReference(text, await candidates(readRows, nodes, { cluster }), labels);
}

const candidates = async (
  readRows: ReadRows,
  query: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Candidate[]> => (await readRows(query, parameters)).map((row) => referenceRow.parse(row));
