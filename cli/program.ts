import { Command, CommanderError } from 'commander';
import { MeshgraphError } from '../shared/domain/errors.ts';
import { addApiOption } from './api/api-option.ts';
import type { Io } from './io.ts';

/** Declares one command of the program. */
export type Register = (program: Command, io: Io) => void;

/** Runs one command line (without node and script name). Never throws: what went wrong is said on `io.err`, exit 2. */
export async function runProgram(
  args: readonly string[],
  version: string,
  io: Io,
  commands: readonly Register[],
): Promise<void> {
  try {
    await createProgram(version, io, commands).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return io.exit(error.exitCode === 0 ? 0 : 2);
    io.err(`${explain(error, io)}\n`);
    io.exit(2);
  }
}

function createProgram(version: string, io: Io, commands: readonly Register[]): Command {
  const program = new Command('meshgraph')
    .description('The memory of a Linkerd mesh: who called whom, with which identity, since when, allowed by what.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHasColors: () => io.colour,
      getErrHasColors: () => io.progress,
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
    })
    .addHelpText('after', '\nExit codes: 0 clean, 1 findings, 2 cannot judge (bad input, stale or unreachable data).');
  const seen = addApiOption(program, io);
  for (const register of commands) register(program, seen);
  return program;
}

/** One sentence for the user; the trace only for who asks, or where the fault is ours. */
function explain(error: unknown, io: Io): string {
  if (io.env.MESHGRAPH_DEBUG) return trace(error);
  if (io.signal.aborted) return 'interrupted';
  if (error instanceof MeshgraphError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `meshgraph failed in a way it did not expect: ${message} (set MESHGRAPH_DEBUG=1 for the trace)`;
}

function trace(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by: ${trace(error.cause)}`;
}
