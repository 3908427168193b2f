import { execFile } from 'node:child_process';
import type { Environment } from './home.ts';

/** `code` is undefined when the program does not exist or could not be started. */
export type Finished = { readonly code: number | undefined; readonly output: string };

/** Runs a program to its end. Never throws for a program that failed: its code and everything it printed say so. */
export function runProcess(
  program: string,
  args: readonly string[],
  options: { readonly env: Environment; readonly cwd?: string; readonly signal?: AbortSignal | undefined },
): Promise<Finished> {
  return new Promise<Finished>((done) => {
    execFile(program, args, { ...options, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (!error) return done({ code: 0, output });
      done({ code: typeof error.code === 'number' ? error.code : undefined, output: output || error.message });
    });
    // Some errors are thrown, not passed on: ENOTDIR is, where a file stands in the way of the program's folder.
  }).catch((error: Error) => ({ code: undefined, output: error.message }));
}
