import { mkdir, statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ForbiddenError, UnavailableError } from '../../shared/domain/errors.ts';
import type { GraphAccess } from '../../shared/graph/connection.ts';
import { chooseRuntime } from './choose-runtime.ts';
import { launchContainer, stopContainer } from './container.ts';
import { ensureCredentials } from './credentials.ts';
import { type Environment, existingHome, type GraphHome, graphHome } from './home.ts';
import { installServer, NEO4J_VERSION } from './install-server.ts';
import { type LaunchOptions, launchServer } from './launch-server.ts';
import { isOurProcess, type LocalServer, readLocalServer } from './local-server.ts';

export type StartOptions = LaunchOptions & {
  /** The folder of the graph; the user's own one when absent. */
  readonly home?: string | undefined;
  readonly onProgress?: (text: string) => void;
};

export type LocalGraph = GraphAccess & {
  readonly server: LocalServer;
  readonly home: GraphHome;
  /** It ran before we were asked. */
  readonly alreadyRunning: boolean;
};

/** Below it Neo4j may start, but not for long: a transaction log alone grows to 64 MB. */
const LEAST_FREE_BYTES = 100e6;

const STOP_LIMIT_MS = 60_000;

/** Starts the local Neo4j and waits until it answers; one that runs already is left as it is. */
export async function startLocalGraph(options: StartOptions): Promise<LocalGraph> {
  const wanted = graphHome(options.env, options.home);
  try {
    await mkdir(wanted.directory, { recursive: true, mode: 0o700 });
    const home = await existingHome(options.env, options.home);
    const running = await readLocalServer(home, options.env);
    const access = await ensureCredentials(home);
    if (running) return { ...access, server: running, home, alreadyRunning: true };
    return { ...access, server: await launch(home, access, options), home, alreadyRunning: false };
  } catch (error) {
    throw explainFileError(error, wanted.directory);
  }
}

async function launch(home: GraphHome, access: GraphAccess, options: StartOptions): Promise<LocalServer> {
  const { bavail, bsize } = await statfs(home.directory);
  if (bavail * bsize < LEAST_FREE_BYTES) throw diskFull(home.directory);
  const runtime = await chooseRuntime(options.env);
  if (runtime.kind === 'container') {
    options.onProgress?.(`starting Neo4j ${NEO4J_VERSION} with ${runtime.engine}`);
    return launchContainer(runtime.engine, home, access, options);
  }
  if (!runtime.installed) {
    options.onProgress?.(`fetching Neo4j ${NEO4J_VERSION} through Maven (118 MB, once)`);
    await installServer(options.env, runtime.java, options.signal);
  }
  options.onProgress?.(`starting Neo4j ${NEO4J_VERSION} on Java ${runtime.java.major}`);
  return launchServer(home, Number(new URL(access.uri).port), runtime.java, options);
}

/** Stops what serves the home and waits until it is gone; false when nothing did. */
export async function stopLocalGraph(env: Environment, override?: string): Promise<boolean> {
  const home = await existingHome(env, override);
  const server = await readLocalServer(home, env);
  if (!server) return false;
  if (server.engine) {
    await stopContainer(server.engine, home, env);
    return true;
  }
  process.kill(server.pid, 'SIGTERM');
  for (const deadline = Date.now() + STOP_LIMIT_MS; await isOurProcess(server.pid, home, env); await sleep(50)) {
    if (Date.now() > deadline) {
      throw new UnavailableError(`Neo4j (process ${server.pid}) did not stop within ${STOP_LIMIT_MS / 1000} s`);
    }
  }
  return true;
}

/** A file system's refusal of one of our folders in words; other errors as they are. */
export function explainFileError(error: unknown, directory: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(directory, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return new ForbiddenError(`${directory} cannot be a folder of ours (${code}). Choose another folder with --home.`, {
      cause: error,
    });
  }
  return error;
}

const diskFull = (directory: string, options?: ErrorOptions): UnavailableError =>
  new UnavailableError(
    `the disk of ${directory} is full: Neo4j needs ${LEAST_FREE_BYTES / 1e6} MB. Free some and start it again.`,
    options,
  );
