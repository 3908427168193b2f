import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { toCheck } from '../shared/checks/own-checks/to-check.ts';
import { CHECKS } from '../shared/checks/registry.ts';
import { type ConfigurationDocument, configurationDocument } from '../shared/domain/configuration/document.ts';
import { parseConfiguration } from '../shared/domain/configuration/parse.ts';
import { readYaml } from '../shared/domain/configuration/read-yaml.ts';
import type { Configuration } from '../shared/domain/configuration.ts';
import { InvalidInputError } from '../shared/domain/errors.ts';
import { deployedOwnChecks } from './deployed-own-checks.ts';

export type ReadConfiguration = { readonly configuration: Configuration; readonly document: ConfigurationDocument };

/** meshgraph.yaml. Throws InvalidInputError where it is missing, and with file, line and expectation where it is wrong. */
export function readConfiguration(path: string): ReadConfiguration {
  const text = readText(path);
  const own = deployedOwnChecks(readYaml(text, path).input, dirname(path)).map(toCheck);
  return { configuration: parseConfiguration(text, path, [...CHECKS, ...own]), document: configurationDocument(text) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InvalidInputError(
      `${path} cannot be read (${code}): name another with -c config=FILE, or begin with meshgraph.example.yaml`,
      { cause },
    );
  }
}
