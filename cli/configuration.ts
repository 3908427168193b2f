import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { Option } from 'commander';
import { CHECKS } from '../shared/checks/registry.ts';
import { parseConfiguration } from '../shared/domain/configuration/parse.ts';
import type { Configuration } from '../shared/domain/configuration.ts';
import { InvalidInputError, NotFoundError } from '../shared/domain/errors.ts';
import { withAbsolutePaths } from '../shared/sources/absolute-paths.ts';
import type { Io } from './io.ts';

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

/**
 * The configuration to work with; without a file, the defaults. Paths in it are absolute: relative ones start at the
 * file's folder, `~/` at the home directory. Throws NotFoundError for a named file that is not there and
 * InvalidConfigurationError with every problem, line by line.
 */
export async function loadConfiguration(io: Pick<Io, 'env' | 'cwd'>, named?: string): Promise<Configuration> {
  const file = configurationFile(io, named);
  const text = await read(file);
  const shown = relative(io.cwd, file.path);
  const configuration = parseConfiguration(text, shown.startsWith('..') ? file.path : shown, CHECKS);
  const folder = dirname(file.path);
  const { gate } = configuration;
  const ownRules = gate.ownRules === undefined ? {} : { ownRules: resolve(folder, gate.ownRules) };
  return {
    ...configuration,
    clusters: withAbsolutePaths(configuration.clusters, folder),
    gate: { ...gate, ...ownRules },
  };
}

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
