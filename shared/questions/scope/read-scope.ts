import { z } from 'zod';
import { nearest } from '../../domain/configuration/nearest.ts';
import { NotFoundError } from '../../domain/errors.ts';
import { livesIn, namespaceKey, namespaceOf } from '../../domain/keys.ts';
import type { AnswerRow, AnswerScope } from '../question.ts';
import namespaces from './namespaces.cypher';
import owners from './owners.cypher';

type ReadRows = (query: string, parameters: Readonly<Record<string, unknown>>) => Promise<readonly unknown[]>;

/** What an answer is narrowed to: what lives in a namespace, and is owned by a team. */
export type AskedScope = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly namespace?: string | undefined;
  readonly owner?: string | undefined;
};

const ownerRow = z.object({ key: z.string(), owner: z.string() });
const nameRow = z.object({ name: z.string() });

/**
 * The rows that are within the scope asked for; all of them where none was.
 * Throws NotFoundError for a namespace or an owner the graph never heard of, with the nearest name.
 */
export async function withinScope(
  readRows: ReadRows,
  asked: AskedScope,
  rows: readonly AnswerRow[],
  scope: AnswerScope,
): Promise<readonly AnswerRow[]> {
  const { cluster, namespace, owner } = asked;
  const tests: ((key: string) => boolean)[] = [];
  if (namespace !== undefined) tests.push((key) => livesIn(key, cluster, namespace));
  if (owner !== undefined) tests.push(await isOwnedBy(readRows, asked, owner));
  if (tests.length === 0) return rows;
  const within = rows.filter((row) => keysOf(row, scope).some((key) => tests.every((test) => test(key))));
  if (within.length === 0 && namespace !== undefined) await mustKnowNamespace(readRows, cluster, namespace);
  return within;
}

const keysOf = (row: AnswerRow, { columns }: AnswerScope): string[] =>
  columns.flatMap((column) => row[column] ?? []).map(String);

/** What says itself whose it is goes by that, all else by its namespace. */
async function isOwnedBy(readRows: ReadRows, { cluster, since, at }: AskedScope, owner: string) {
  const rows = (await readRows(owners, { cluster, since, at })).map((row) => ownerRow.parse(row));
  const known = new Set(rows.map((row) => row.owner));
  if (!known.has(owner)) throw new NotFoundError(unknown('nothing is owned by', owner, [...known]));
  const own = new Set(rows.filter((row) => row.owner === owner).map(({ key }) => key));
  const told = new Set(rows.map(({ key }) => key));
  return (key: string): boolean => {
    if (told.has(key)) return own.has(key);
    const namespace = namespaceOf(key, cluster);
    return namespace !== undefined && own.has(namespaceKey(cluster, namespace));
  };
}

async function mustKnowNamespace(readRows: ReadRows, cluster: string, namespace: string): Promise<void> {
  const known = (await readRows(namespaces, { cluster })).map((row) => nameRow.parse(row).name);
  if (!known.includes(namespace)) throw new NotFoundError(unknown('the graph knows no namespace', namespace, known));
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const close = nearest(name, [...known].sort());
  return `${what} "${name}"${close === undefined ? '' : `; did you mean ${close}?`}`;
}
