import { readFile } from 'node:fs/promises';
import { COMMANDS } from './commands.ts';
import type { Io } from './io.ts';
import { runProgram } from './program.ts';

/**
 * The command line as installed: bin/meshgraph.mjs calls it. Ends the process once all output is written: a connection
 * that its driver gave up before it was open would keep it alive for minutes.
 */
export async function main(): Promise<void> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  await runProgram(process.argv.slice(2), JSON.parse(manifest).version, realIo(), COMMANDS);
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit();
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

function realIo(): Io {
  // `meshgraph ask ... | head` closes the pipe early: the reader has what it wants, so this is a quiet end.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  const plain = Boolean(process.env.NO_COLOR);
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    exit: (code) => {
      process.exitCode = code;
    },
    env: process.env,
    cwd: process.cwd(),
    now: Date.now,
    stdin: () => process.stdin,
    colour: process.stdout.isTTY && !plain,
    progress: process.stderr.isTTY && !plain,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    signal: interruption(),
  };
}

/** The first Ctrl-C or SIGTERM asks the command to stop and clean up, the second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(2);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
