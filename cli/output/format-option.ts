import { Option } from 'commander';

/** `-o, --output FORMAT` with the formats a command offers; the first one is the default. */
export const formatOption = (...formats: readonly [string, ...string[]]): Option =>
  new Option('-o, --output <format>', 'how to print the result').choices(formats).default(formats[0]);
