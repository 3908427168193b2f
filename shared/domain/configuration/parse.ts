import type { Configuration } from '../configuration.ts';
import type { ConfigurableCheck } from './checks.ts';
import { fillIn } from './fill-in.ts';
import { readYaml } from './read-yaml.ts';

export { InvalidConfigurationError } from './read-yaml.ts';

/**
 * Reads the text of a meshgraph.yaml. `file` is how messages call it, `checks` are those there are. Throws
 * InvalidConfigurationError with all problems, in the order of the file.
 */
export function parseConfiguration(text: string, file: string, checks: readonly ConfigurableCheck[]): Configuration {
  const { input, refusal } = readYaml(text, file);
  const filled = fillIn(input, checks);
  if ('configuration' in filled) return filled.configuration;
  throw refusal(filled.problems);
}
