import { mkdir, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Io } from '../io.ts';
import { explainFileError, stopLocalGraph } from '../local-graph/local-graph.ts';

/** What one run of the demo owns: `pictures` outlive it, `graph` does not. */
export type DemoHome = { readonly pictures: string; readonly graph: string };

/**
 * The folder of the demo: `--home`, else `meshgraph/demo` in the user's data directory (XDG Base Directory 0.8). Each run
 * keeps its graph in a folder of its own, named by its process, so that runs at the same time never meet.
 */
export async function openDemoHome({ env, cwd }: Pick<Io, 'env' | 'cwd'>, named?: string): Promise<DemoHome> {
  const data = env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local/share');
  const pictures = named === undefined ? join(data, 'meshgraph', 'demo') : resolve(cwd, named);
  await mkdir(pictures, { recursive: true }).catch((error) => {
    throw explainFileError(error, pictures);
  });
  for (const name of await readdir(pictures)) {
    const [, pid] = /^graph-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await removeGraph(env, join(pictures, name));
  }
  return { pictures, graph: join(pictures, `graph-${process.pid}`) };
}

/** Stops the Neo4j of a run, if it still runs, and removes all it kept. */
export async function removeGraph(env: Io['env'], graph: string): Promise<void> {
  await stopLocalGraph(env, graph);
  await rm(graph, { recursive: true, force: true });
}

/** A run that was killed could not clean up; its number may have been given to ourselves since. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
