import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fillIn } from '../domain/configuration/fill-in.ts';
import type { Configuration } from '../domain/configuration.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { withAbsolutePaths } from './absolute-paths.ts';

const loaded = new Map<string, Promise<Configuration>>();

/**
 * The configuration a function was deployed with: `configuration.json` beside its bundle, read once a cold start. Paths in
 * it start at the bundle's folder. Throws InvalidInputError where bundle and configuration do not fit together.
 */
export function loadDeployedConfiguration(folder: string = import.meta.dirname): Promise<Configuration> {
  const configuration = loaded.get(folder) ?? read(folder);
  loaded.set(folder, configuration);
  return configuration;
}

async function read(folder: string): Promise<Configuration> {
  const path = join(folder, 'configuration.json');
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new InvalidInputError(
      `the configuration the function was deployed with is missing (${path}, ${cause.code}): deploy again`,
      { cause },
    );
  });
  // JSON and not YAML: a parser for that would be a tenth of most bundles.
  const filled = fillIn(JSON.parse(text), 'any');
  if ('configuration' in filled) {
    const { clusters } = filled.configuration;
    return { ...filled.configuration, clusters: withAbsolutePaths(clusters, folder) };
  }
  const told = filled.problems.map(({ message }) => message).join('; ');
  throw new InvalidInputError(`configuration.json does not fit the function, deploy again: ${told}`);
}
