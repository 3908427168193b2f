import { isMap, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { GATE_RULE_IDS } from '../rule-ids.ts';

const text = z.string().trim().min(1);
const columns = z.array(text).min(1);

/** What the check.yaml of a rule of the user's own says. */
const description = z.strictObject({
  title: text,
  severity: z.enum(SEVERITIES),
  rationale: text,
  remedy: text,
  /** One sentence; `{column}` stands for the row's value. */
  message: text,
  /** Columns that make it the same violation before and after. */
  fingerprint: columns,
  /** Columns that hold keys of the graph: the first object among them that the change writes is shown with file and line. */
  about: columns.optional(),
});

export type OwnRule = z.infer<typeof description> & {
  /** The folder's name. */
  readonly id: string;
  readonly query: string;
  /** How messages call the file of the query. */
  readonly queryFile: string;
  /** Throws InvalidInputError with file and line where the query returns no such column as the description names. */
  readonly mustFit: (columns: readonly string[]) => void;
};

export type RuleTexts = { readonly id: string; readonly folder: string; readonly yaml: string; readonly query: string };

const PLACEHOLDER = /\{([A-Za-z_]\w*)\}/g;
const BUILT_IN: ReadonlySet<string> = new Set(GATE_RULE_IDS);

/** A rule of the texts in its folder. Throws InvalidInputError, one sentence with file and line, for what is no rule. */
export function parseOwnRule({ id, folder, yaml, query }: RuleTexts): OwnRule {
  const file = `${folder}/check.yaml`;
  const queryFile = `${folder}/query.cypher`;
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const refused = (offset: number, message: string) =>
    new InvalidInputError(`${file}:${lines.linePos(offset).line}: ${message}`);
  const offsetOf = (key: unknown): number => {
    if (!isMap(document.contents)) return 0;
    const pair = document.contents.items.find((item) => String(item.key) === key);
    return (pair?.key as { range?: [number] } | undefined)?.range?.[0] ?? 0;
  };
  const [error] = document.errors;
  if (error) throw refused(error.pos[0], `not YAML: ${error.message}`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw refused(0, `a rule is called by its folder, in small letters, digits and hyphens, not ${id}`);
  }
  if (BUILT_IN.has(id)) throw refused(0, `${id} is a rule of meshgraph's own: call the folder otherwise`);
  if (query.trim() === '') throw new InvalidInputError(`${queryFile}:1: there is no query in it`);
  const parsed = description.safeParse(document.toJS());
  if (!parsed.success) throw firstProblem(parsed.error, (key, message) => refused(offsetOf(key), message));
  const { message, fingerprint, about = [] } = parsed.data;
  const named = {
    message: [...message.matchAll(PLACEHOLDER)].map(([, column = '']) => column),
    fingerprint,
    about,
  };
  const mustFit = (columns: readonly string[]): void => {
    for (const [key, names] of Object.entries(named)) {
      const missing = names.find((name) => !columns.includes(name));
      if (missing === undefined) continue;
      throw refused(
        offsetOf(key),
        `${key} names ${missing}, and the query returns no such column: it has ${columns.join(', ')}`,
      );
    }
  };
  return { ...parsed.data, id, query, queryFile, mustFit };
}

function firstProblem(error: z.ZodError, refused: (key: unknown, message: string) => Error): Error {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') return refused(issue.keys[0], `there is no ${issue.keys[0]} in a rule`);
  const [key] = issue?.path ?? [];
  return refused(key, `${issue?.path.join('.') || 'a rule'}: ${issue?.message ?? error.message}`);
}

/** A rule's sentence about one row. */
export const toldMessage = ({ message }: Pick<OwnRule, 'message'>, row: Readonly<Record<string, unknown>>): string =>
  message.replace(PLACEHOLDER, (_, column: string) => [row[column] ?? 'none'].flat().join(', '));
