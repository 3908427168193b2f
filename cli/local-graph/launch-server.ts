import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../../shared/domain/errors.ts';
import { neo4jConfiguration } from './configuration.ts';
import type { Environment, GraphHome } from './home.ts';
import { jarsDirectory } from './install-server.ts';
import type { Java } from './java.ts';
import { LAUNCHER_CLASS } from './launcher/launcher-class.ts';
import { LAUNCHER_CLASS_NAME, type LocalServer, readLocalServer } from './local-server.ts';

export type LaunchOptions = {
  readonly env: Environment;
  /** The server ends with this process, however that ends. */
  readonly attached?: boolean;
  /** Settings of neo4j.conf over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Options of the Java machine after ours, the last one of a kind counts: `-Xmx1g`, `-XX:TieredStopAtLevel=4`. */
  readonly javaOptions?: readonly string[];
  readonly signal?: AbortSignal;
};

/** Exit codes of LocalGraph.java. */
const LOCKED = 3;
const PORT_IN_USE = 4;

const START_LIMIT_MS = 120_000;
const POLL_MS = 100;

/** The smallest that holds a demo; the first compiler alone starts in half the time of both. */
const JAVA_OPTIONS = [
  '-Xmx256m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
];

/**
 * Starts Neo4j on a home and waits until it answers. The lock the server process holds decides between two that start
 * at once: the loser waits for the winner's server, or takes its place should that fail.
 */
export async function launchServer(
  home: GraphHome,
  port: number,
  java: Java,
  options: LaunchOptions,
): Promise<LocalServer> {
  await writeLauncher(home);
  await writeAtomically(home.configuration, neo4jConfiguration(port, options.settings));
  const deadline = Date.now() + START_LIMIT_MS;
  let child = await spawnServer(home, java, options);
  try {
    for (;;) {
      const server = await readLocalServer(home, options.env);
      if (server) return server;
      options.signal?.throwIfAborted();
      if (Date.now() > deadline) {
        throw new UnavailableError(`Neo4j did not answer within ${START_LIMIT_MS / 1000} s; its log is ${home.log}`);
      }
      if (ended(child)) {
        if (child.exitCode !== LOCKED) throw new UnavailableError(explainEnd(child, home, port));
        child = await spawnServer(home, java, options);
      }
      await sleep(POLL_MS);
    }
  } catch (error) {
    if (!ended(child)) child.kill('SIGKILL');
    throw error;
  }
}

async function spawnServer(home: GraphHome, java: Java, options: LaunchOptions): Promise<ChildProcess> {
  await mkdir(dirname(home.log), { recursive: true });
  const log = await open(home.log, 'a');
  try {
    const classpath = [join(jarsDirectory(options.env), '*'), home.launcher].join(delimiter);
    const child = spawn(
      java.executable,
      [
        ...[...JAVA_OPTIONS, ...(options.javaOptions ?? [])],
        ...['-cp', classpath, LAUNCHER_CLASS_NAME, home.directory],
        ...(options.attached ? ['attached'] : []),
      ],
      // Its own process group: Ctrl-C at the terminal is for us, and we stop the server in order.
      { cwd: home.directory, detached: true, stdio: [options.attached ? 'pipe' : 'ignore', log.fd, log.fd] },
    );
    child.on('error', () => {});
    child.unref();
    (child.stdin as Socket | null)?.unref();
    return child;
  } finally {
    await log.close();
  }
}

const ended = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

function explainEnd(child: ChildProcess, home: GraphHome, port: number): string {
  if (child.exitCode === PORT_IN_USE) {
    return (
      `port ${port} on 127.0.0.1, which this graph keeps, is in use by another program. ` +
      `Stop that program, or change the port in ${home.credentials}.`
    );
  }
  return `Neo4j ended while it started (${child.signalCode ?? `exit code ${child.exitCode}`}); its log is ${home.log}`;
}

async function writeLauncher(home: GraphHome): Promise<void> {
  await writeAtomically(join(home.launcher, `${LAUNCHER_CLASS_NAME}.class`), Buffer.from(LAUNCHER_CLASS, 'base64'));
}

/** Another start may be reading the file. */
async function writeAtomically(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}
