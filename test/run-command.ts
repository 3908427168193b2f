import { COMMANDS } from '../cli/commands.ts';
import type { Io } from '../cli/io.ts';
import { runProgram } from '../cli/program.ts';
import { recordingIo } from './unit/cli/recording-io.ts';

export type CommandRun = { readonly out: string; readonly err: string; readonly code: number };

/** One command line of meshgraph as a pipe would see it, in a world of the test's own. */
export async function runCommand(args: readonly string[], world: Partial<Io>): Promise<CommandRun> {
  const io = recordingIo({ now: Date.now, ...world });
  await runProgram(args, '0', io, COMMANDS);
  return { ...io.said, code: io.said.code ?? 0 };
}
