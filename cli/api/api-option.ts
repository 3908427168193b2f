import { type Command, Option } from 'commander';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';

/** Commands that read, and can do so through an API. */
const READING: ReadonlySet<string> = new Set(['ask', 'check', 'diff', 'export', 'findings', 'gate', 'mcp']);

/**
 * Adds `--api URL` to every command, and refuses it where a command does more than read. Gives back the Io in which
 * MESHGRAPH_API says what the flag said.
 */
export function addApiOption(program: Command, io: Io): Io {
  program
    .addOption(new Option('--api <url>', 'ask a deployed meshgraph API instead of the graph (also: MESHGRAPH_API)'))
    .hook('preAction', (_, action) => {
      const name = commandBelow(program, action);
      if (program.opts<{ api?: string }>().api === undefined || READING.has(name)) return;
      throw new InvalidInputError(
        `${name} does not work through an API: leave --api out (it is for ${[...READING].join(', ')})`,
      );
    });
  return {
    ...io,
    get env() {
      const { api } = program.opts<{ api?: string }>();
      return api === undefined ? io.env : { ...io.env, MESHGRAPH_API: api };
    },
  };
}

function commandBelow(program: Command, action: Command): string {
  let command = action;
  while (command.parent && command.parent !== program) command = command.parent;
  return command.name();
}
