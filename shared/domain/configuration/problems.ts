import type { z } from 'zod';
import { knownForms } from './known-forms.ts';
import { nearest } from './nearest.ts';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** One thing wrong in the file. `key` is set where the key itself is at fault, not its value. */
export type Problem = { readonly path: Path; readonly key?: string; readonly message: string };

/** What is wrong, in the words of the file: what was expected, what came, and the key that was probably meant. */
export function problemsOf(issues: readonly Issue[], input: unknown, jsonSchema: object): Problem[] {
  return issues.flatMap((issue) => flatten(issue, [])).flatMap((issue) => describe(issue, input, jsonSchema));
}

/** An issue of a union stands for those of the alternative that fits best: the fewest unknown keys, then the fewest faults. */
function flatten(issue: Issue, base: Path): Issue[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path } as Issue];
  const whole = issue.errors.every((branch) =>
    branch.every(({ code, path }) => (code === 'invalid_type' || code === 'invalid_value') && path.length === 0),
  );
  if (whole) return [{ ...issue, errors: [], path } as Issue];
  const [best = []] = [...issue.errors].sort((a, b) => unknownKeys(a) - unknownKeys(b) || a.length - b.length);
  return best.flatMap((below) => flatten(below, path));
}

const unknownKeys = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);

function describe(issue: Issue, input: unknown, jsonSchema: object): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const forms = knownForms(jsonSchema, issue.path);
    return issue.keys.map((key) => ({ path: issue.path, key, message: unknownKey(key, forms) }));
  }
  return [{ path: issue.path, message: `${formatPath(issue.path)}: ${expectation(issue)}${came(issue, input)}` }];
}

/** A key known in another form of the same mapping was not mistyped: what stands beside it does not fit. */
function unknownKey(key: string, forms: readonly string[][]): string {
  const known = forms.flat();
  const meant = known.includes(key) ? undefined : nearest(key, known);
  if (meant !== undefined) return `unknown key "${key}": did you mean "${meant}"?`;
  return `"${key}" does not fit here: known are ${forms.map((keys) => `{${keys.join(', ')}}`).join(' or ')}`;
}

/** What came instead. Never where a secret belongs, or its name, in whose place many a secret is put: messages end in logs. */
function came(issue: Issue, input: unknown): string {
  if (issue.message.startsWith('a secret')) return '';
  const value = valueAt(input, issue.path);
  const isName = issue.message.includes(' of a secret');
  if (isName && typeof value === 'string' && !value.startsWith('arn:')) return ', and not the secret itself';
  return value === undefined ? ', but it is missing' : `, got ${show(value)}`;
}

/** Messages of our own schemas say what was expected; those of the library are put into the same words. */
function expectation(issue: Issue): string {
  if (issue.message.startsWith('expected') || issue.message.startsWith('a ')) return issue.message;
  if (issue.code === 'invalid_type') return `expected ${NAMES[issue.expected] ?? `a ${issue.expected}`}`;
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small')
    return `expected at least ${issue.minimum}${issue.origin === 'string' ? ' character' : ''}`;
  if (issue.code === 'too_big') return `expected at most ${issue.maximum}`;
  if (issue.code === 'invalid_union')
    return `expected one of ${('options' in issue ? (issue.options ?? []) : []).map(String).join(', ')}`;
  return issue.message;
}

/** What of a URL opens something. */
const LOGIN = /:\/\/[^/@\s"]*@/g;
const WEBHOOK = /(hooks\.slack(?:-gov)?\.com)\/[^\s"]*/g;

const NAMES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
};

const show = (value: unknown): string => {
  const text = (JSON.stringify(value) ?? String(value)).replace(LOGIN, '://...@').replace(WEBHOOK, '$1/...');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) => (at !== null && typeof at === 'object' ? Reflect.get(at, step) : undefined),
    value,
  );
}

/** `clusters[0].prometheus.url`, as people write it; the whole file is "the file". */
function formatPath(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
