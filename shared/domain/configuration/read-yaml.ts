import { isMap, LineCounter, parseDocument } from 'yaml';
import { InvalidInputError } from '../errors.ts';
import type { Problem } from './problems.ts';

type ParsedYaml = ReturnType<typeof parseDocument>;
type Told = { readonly line: number; readonly message: string };

/** The file is not what it should be. Every problem is one sentence that begins with file and line. */
export class InvalidConfigurationError extends InvalidInputError {
  override readonly name: string = 'InvalidConfigurationError';
  readonly problems: readonly Told[];
  constructor(file: string, problems: readonly Told[]) {
    super(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

/** A YAML file that people write, as plain values, and what to throw for what is wrong with them. */
export type ReadYaml = {
  readonly input: unknown;
  /** From 1; of what is not there, the line of the nearest that holds it. */
  readonly lineOf: (problem: Pick<Problem, 'path' | 'key'>) => number;
  readonly refusal: (problems: readonly Problem[]) => InvalidConfigurationError;
};

/** Reads one YAML document. `file` is how messages call it. Throws InvalidConfigurationError for what is not YAML. */
export function readYaml(text: string, file: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new InvalidConfigurationError(
      file,
      document.errors.map((error) => ({ line: lineAt(error.pos[0]), message: `not YAML: ${error.message}` })),
    );
  }
  const lineOf: ReadYaml['lineOf'] = (problem) => lineAt(offsetOf(document, problem));
  const refusal: ReadYaml['refusal'] = (problems) => {
    const told = problems.map((problem) => ({ line: lineOf(problem), message: problem.message }));
    return new InvalidConfigurationError(
      file,
      told.sort((a, b) => a.line - b.line),
    );
  };
  // A key without a value, its lines commented out below it, means the default.
  return { input: resolved(document, file) ?? {}, lineOf, refusal };
}

/** Aliases are followed only now: one without an anchor, or one that unfolds without end, is no fault of the syntax. */
function resolved(document: ParsedYaml, file: string): unknown {
  try {
    return document.toJS({ reviver: (_, value) => value ?? undefined });
  } catch (error) {
    throw new InvalidConfigurationError(file, [{ line: 1, message: `not YAML: ${(error as Error).message}` }]);
  }
}

/** Where a problem is: at its key or value, or where something is missing, at the nearest node that holds it. */
function offsetOf(document: ParsedYaml, { path, key }: Pick<Problem, 'path' | 'key'>): number {
  const full = key === undefined ? path : [...path, key];
  for (let length = full.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(full.slice(0, length - 1), true);
    const step = full[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => String(item.key) === step);
      const at = (pair?.key as { range?: [number] } | undefined)?.range?.[0];
      if (at !== undefined) return at;
    }
    const node = document.getIn(full.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}
