import { InvalidInputError } from '../shared/domain/errors.ts';

/** The inputs of action.yml by name, as far as they are not empty. */
export type Inputs = ReadonlyMap<string, string>;

/** A runner passes input `fail-on` as INPUT_FAIL-ON, and one that is not given as its default or empty. */
export function readInputs(env: Readonly<Record<string, string | undefined>>): Inputs {
  const given = Object.entries(env).flatMap(([name, value]) => {
    const text = value?.trim() ?? '';
    return name.startsWith('INPUT_') && text !== '' ? [[name.slice('INPUT_'.length).toLowerCase(), text] as const] : [];
  });
  return new Map(given);
}

/** Inputs that are an option of `meshgraph gate` by another name or the same. */
const OPTIONS = {
  baseline: '--against',
  cluster: '--cluster',
  namespace: '--namespace',
  'fail-on': '--fail-on',
  since: '--since',
  config: '--config',
};
const FLAGS = ['all', 'allow-stale'];

/**
 * The command line of `meshgraph gate` that the inputs mean; `files` are written beside what is printed. Throws
 * InvalidInputError for inputs that mean none.
 */
export function gateArguments(inputs: Inputs, files: readonly string[]): string[] {
  const paths = linesOf(inputs.get('paths'));
  if (paths.length === 0) throw new InvalidInputError('input paths is empty: name rendered manifests, one path a line');
  const [baseline, api] = [inputs.get('baseline'), inputs.get('api')];
  if ((baseline === undefined) === (api === undefined)) {
    const got = baseline === undefined ? 'neither' : 'both';
    throw new InvalidInputError(`give one of the inputs baseline (a file) and api (a URL), got ${got}`);
  }
  const options = Object.entries(OPTIONS).flatMap(([input, option]) => optionOf(option, inputs.get(input)));
  const flags = FLAGS.flatMap((name) => (isTrue(name, inputs.get(name)) ? [`--${name}`] : []));
  const base = linesOf(inputs.get('base')).flatMap((path) => ['--base', path]);
  return [
    ...optionOf('--api', api),
    'gate',
    ...options,
    ...flags,
    ...base,
    ...extent(inputs.get('full')),
    ...files.flatMap((file) => ['--out', file]),
    '--',
    ...paths,
  ];
}

/** One argument each, so that a value that begins with a dash is a value all the same. */
const optionOf = (option: string, value: string | undefined): string[] =>
  value === undefined ? [] : [`${option}=${value}`];

const linesOf = (text = ''): string[] => text.split('\n').flatMap((line) => line.trim() || []);

function extent(full: string | undefined): string[] {
  if (full === undefined || full === 'false') return [];
  return [`--full=${full === 'true' ? 'namespaces' : full}`];
}

function isTrue(name: string, value = 'false'): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  throw new InvalidInputError(`input ${name} is true or false, got ${JSON.stringify(value)}`);
}
