import { readFile } from 'node:fs/promises';
import { CHECKS } from '../checks/registry.ts';
import { parseConfiguration } from '../domain/configuration/parse.ts';
import type { Configuration } from '../domain/configuration.ts';
import { InvalidInputError } from '../domain/errors.ts';

let loaded: Promise<Configuration> | undefined;

/**
 * The configuration a function was deployed with: `configuration.json` beside its bundle, read once a cold start.
 * Throws InvalidConfigurationError where the bundle is of another version than what was staged beside it.
 */
export function loadDeployedConfiguration(folder: string = import.meta.dirname): Promise<Configuration> {
  loaded ??= read(`${folder}/configuration.json`);
  return loaded;
}

async function read(path: string): Promise<Configuration> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new InvalidInputError(
      `the configuration the function was deployed with is missing (${path}, ${cause.code}): deploy again`,
      { cause },
    );
  });
  return parseConfiguration(text, 'configuration.json', CHECKS);
}
