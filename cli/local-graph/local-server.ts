import { readFile } from 'node:fs/promises';
import type { ContainerEngine } from './choose-runtime.ts';
import { isContainerRunning } from './container.ts';
import type { Environment, GraphHome } from './home.ts';
import { runProcess } from './run-process.ts';

export const LAUNCHER_CLASS_NAME = 'LocalGraph';

/** A server that answers: a process of this machine, or a container. `startedAt` in epoch milliseconds. */
export type LocalServer = { readonly version: string; readonly startedAt: number } & (
  | { readonly pid: number; readonly engine?: never }
  | { readonly engine: ContainerEngine; readonly pid?: never }
);

/** What serves a home now; undefined when nothing does, whatever a killed server left behind. */
export async function readLocalServer(home: GraphHome, env: Environment): Promise<LocalServer | undefined> {
  let server: LocalServer;
  try {
    server = JSON.parse(await readFile(home.state, 'utf8'));
  } catch {
    return undefined;
  }
  const alive = server.engine
    ? await isContainerRunning(server.engine, home, env)
    : await isOurProcess(server.pid, home, env);
  return alive ? server : undefined;
}

/** The process runs our launcher on this home. A number alone proves nothing: systems give them out again. */
export async function isOurProcess(pid: number, home: GraphHome, env: Environment): Promise<boolean> {
  const words = ` ${LAUNCHER_CLASS_NAME} ${home.directory} `;
  return `${(await commandLine(pid, env)).trimEnd().replace(/ attached$/, '')} `.endsWith(words);
}

async function commandLine(pid: number, env: Environment): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    // No such process, or a system without /proc (macOS).
    const { code, output } = await runProcess('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { env });
    return code === 0 ? output : '';
  }
}
