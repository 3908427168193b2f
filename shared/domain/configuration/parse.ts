import { isMap, LineCounter, parseDocument } from 'yaml';
import type { Configuration } from '../configuration.ts';
import { InvalidInputError } from '../errors.ts';
import type { ConfigurableCheck } from './checks.ts';
import { fillIn } from './fill-in.ts';
import type { Problem } from './problems.ts';

type ParsedYaml = ReturnType<typeof parseDocument>;

/** The file is not a configuration. Every problem is one sentence that begins with file and line. */
export class InvalidConfigurationError extends InvalidInputError {
  override readonly name: string = 'InvalidConfigurationError';
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  constructor(file: string, problems: readonly { readonly line: number; readonly message: string }[]) {
    super(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads the text of a meshgraph.yaml. `file` is how messages call it, `checks` are those there are. Throws
 * InvalidConfigurationError with all problems, in the order of the file.
 */
export function parseConfiguration(text: string, file: string, checks: readonly ConfigurableCheck[]): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new InvalidConfigurationError(
      file,
      document.errors.map((error) => ({ line: lineAt(error.pos[0]), message: `not YAML: ${error.message}` })),
    );
  }
  // A key without a value, its lines commented out below it, means the default.
  const input: unknown = resolved(document, file) ?? {};
  const filled = fillIn(input, checks);
  if ('configuration' in filled) return filled.configuration;
  const problems = filled.problems
    .map((problem) => ({ line: lineAt(offsetOf(document, problem)), message: problem.message }))
    .sort((a, b) => a.line - b.line);
  throw new InvalidConfigurationError(file, problems);
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
function offsetOf(document: ParsedYaml, { path, key }: Problem): number {
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
