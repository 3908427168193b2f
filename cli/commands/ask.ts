import type { Command } from 'commander';
import type { Io } from '../io.ts';

/**
 * `meshgraph ask <question>`: the named questions. Each has flags of its own, so the questions are loaded, and their
 * command line built, only when something is asked.
 */
export function register(program: Command, io: Io): void {
  const ask = program
    .command('ask')
    .description('ask the graph a named question; --list tells which there are')
    .usage('[question] [options]')
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async () => {
      const { createAskProgram } = await import('../ask/ask-program.ts');
      await createAskProgram(program, io).parseAsync(ask.args, { from: 'user' });
    });
}
