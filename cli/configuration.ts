import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { Option } from 'commander';
import type { OwnCheck } from '../shared/checks/own-checks/own-check.ts';
import { toCheck } from '../shared/checks/own-checks/to-check.ts';
import { CHECKS } from '../shared/checks/registry.ts';
import { parseConfiguration } from '../shared/domain/configuration/parse.ts';
import { readYaml } from '../shared/domain/configuration/read-yaml.ts';
import type { Configuration } from '../shared/domain/configuration.ts';
import { InvalidInputError, NotFoundError } from '../shared/domain/errors.ts';
import { withAbsolutePaths } from '../shared/sources/absolute-paths.ts';
import type { Io } from './io.ts';
import { readOwnChecks } from './own-checks/read-own-checks.ts';

const DEFAULT_FILE = 'meshgraph.yaml';

/** `--config FILE`, for every command that reads the configuration. */
export const configOption = (): Option =>
  new Option(
    '--config <file>',
    `configuration file (default: $MESHGRAPH_CONFIG, then ./${DEFAULT_FILE}, then built-in)`,
  );

/** The file a command uses: the one named, that of MESHGRAPH_CONFIG, or ./meshgraph.yaml, which need not exist. */
export function configurationFile(
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
  named?: string,
): { path: string; optional: boolean } {
  const chosen = named ?? env.MESHGRAPH_CONFIG;
  return { path: resolve(cwd, chosen || DEFAULT_FILE), optional: !chosen };
}

/** With the checks of the user's own that there are: its `checks` and `alerts` may name them like any other. */
export type LoadedConfiguration = Configuration & { readonly own: readonly OwnCheck[] };

/**
 * The configuration to work with; without a file, the defaults. Paths in it are absolute: relative ones start at the
 * file's folder, `~/` at the home directory. `ownChecks` is a directory of checks used instead of the one it names. Throws
 * NotFoundError for a named file that is not there and InvalidConfigurationError with every problem, line by line.
 */
export async function loadConfiguration(
  io: Pick<Io, 'env' | 'cwd'>,
  named?: string,
  ownChecks?: string,
): Promise<LoadedConfiguration> {
  const file = configurationFile(io, named);
  const text = await read(file);
  const path = relative(io.cwd, file.path);
  const shown = path.startsWith('..') ? file.path : path;
  const folder = dirname(file.path);
  const configured = ownDirectory(text, shown);
  const directories = [configured && resolve(folder, configured), ownChecks && resolve(io.cwd, ownChecks)];
  const [ofFile, told] = await Promise.all(directories.map((directory) => readOwn(io.cwd, directory)));
  const own = told ?? ofFile ?? [];
  const known = new Map([...(ofFile ?? []), ...own].map((check) => [check.id, toCheck(check)]));
  const configuration = parseConfiguration(text, shown, [...CHECKS, ...known.values()]);
  const { gate } = configuration;
  const ownRules = gate.ownRules === undefined ? {} : { ownRules: resolve(folder, gate.ownRules) };
  return {
    ...configuration,
    clusters: withAbsolutePaths(configuration.clusters, folder),
    gate: { ...gate, ...ownRules },
    own,
  };
}

/** What the rest of the file may say depends on it, so it is looked at first. */
function ownDirectory(text: string, shown: string): string | undefined {
  const { ownChecks } = readYaml(text, shown).input as { readonly ownChecks?: unknown };
  return typeof ownChecks === 'string' && ownChecks !== '' ? ownChecks : undefined;
}

const readOwn = async (cwd: string, directory: string | undefined): Promise<OwnCheck[] | undefined> =>
  directory ? readOwnChecks(cwd, directory, { ids: CHECKS.map(({ id }) => id), noun: 'check' }) : undefined;

async function read({ path, optional }: { path: string; optional: boolean }): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' && optional) return '';
    if (code === 'ENOENT') throw new NotFoundError(`there is no configuration file ${path}`, { cause });
    throw new InvalidInputError(`the configuration file ${path} cannot be read (${code})`, { cause });
  }
}
