import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Io } from '../io.ts';

/** Where observations are kept: `--log`, else `meshgraph/observations` in the user's data directory (XDG, 0.8). */
export function logDirectory({ env, cwd }: Pick<Io, 'env' | 'cwd'>, named?: string): string {
  if (named !== undefined) return resolve(cwd, named);
  return join(env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local/share'), 'meshgraph', 'observations');
}
