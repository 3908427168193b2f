import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { parseConfiguration } from '../domain/configuration/parse.ts';
import type { Configuration } from '../domain/configuration.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { withAbsolutePaths } from './absolute-paths.ts';

const loaded = new Map<string, Promise<Configuration>>();

/**
 * The configuration a function was deployed with: `configuration.json` beside its bundle, read once a cold start. Paths in
 * it start at the bundle's folder. Throws InvalidConfigurationError where bundle and configuration do not fit together.
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
  const configuration = parseConfiguration(text, 'configuration.json', CHECKS);
  return { ...configuration, clusters: withAbsolutePaths(configuration.clusters, folder) };
}
