import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../../shared/domain/errors.ts';
import { type GraphAccess, openGraph } from '../../shared/graph/connection.ts';
import type { ContainerEngine } from './choose-runtime.ts';
import type { Environment, GraphHome } from './home.ts';
import { NEO4J_VERSION } from './install-server.ts';
import type { LocalServer } from './local-server.ts';
import { runProcess } from './run-process.ts';

const IMAGE = `docker.io/library/neo4j:${NEO4J_VERSION}-community`;
const START_LIMIT_MS = 120_000;

type ContainerOptions = { readonly env: Environment; readonly signal?: AbortSignal };

/** One container a home; the name is what keeps two starts from colliding. */
export function containerName(home: GraphHome): string {
  return `meshgraph-neo4j-${createHash('sha256').update(home.directory).digest('hex').slice(0, 12)}`;
}

/** Data is in a volume of the container's name: folders of the user do not work with every rootless engine. */
export function containerArguments(home: GraphHome, access: GraphAccess): string[] {
  const port = new URL(access.uri).port;
  const settings = {
    server_bolt_advertised__address: `127.0.0.1:${port}`,
    server_memory_heap_max__size: '256m',
    server_memory_pagecache_size: '128m',
    server_http_enabled: 'false',
    dbms_usage__report_enabled: 'false',
  };
  return [
    ...['run', '--detach', '--rm', '--name', containerName(home)],
    ...['--publish', `127.0.0.1:${port}:7687`, '--volume', `${containerName(home)}:/data`],
    // Without a value: taken from our environment, so that the password is in no process list.
    ...['--env', 'NEO4J_AUTH'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--env', `NEO4J_${name}=${value}`]),
    IMAGE,
  ];
}

/** Starts Neo4j's image and waits until it answers; joins the start of another process on the same home. */
export async function launchContainer(
  engine: ContainerEngine,
  home: GraphHome,
  access: GraphAccess,
  { env, signal }: ContainerOptions,
): Promise<LocalServer> {
  const withPassword = { ...env, NEO4J_AUTH: `${access.username}/${access.password}` };
  const { code, output } = await runProcess(engine, containerArguments(home, access), { env: withPassword, signal });
  if (code !== 0 && !/already in use/i.test(output)) throw new UnavailableError(explainEngine(engine, output));
  await untilItAnswers(access, `${engine} logs ${containerName(home)}`, signal);
  const server: LocalServer = { engine, version: NEO4J_VERSION, startedAt: Date.now() };
  await mkdir(home.directory, { recursive: true });
  await writeFile(home.state, JSON.stringify(server));
  return server;
}

export async function isContainerRunning(engine: ContainerEngine, home: GraphHome, env: Environment): Promise<boolean> {
  const { code, output } = await runProcess(
    engine,
    ['inspect', '--format', '{{.State.Running}}', containerName(home)],
    {
      env,
    },
  );
  return code === 0 && output.trim() === 'true';
}

export async function stopContainer(engine: ContainerEngine, home: GraphHome, env: Environment): Promise<void> {
  const { code, output } = await runProcess(engine, ['stop', '--time', '60', containerName(home)], { env });
  if (code !== 0) throw new UnavailableError(explainEngine(engine, output));
}

async function untilItAnswers(access: GraphAccess, log: string, signal?: AbortSignal): Promise<void> {
  const graph = openGraph(access);
  try {
    for (const deadline = Date.now() + START_LIMIT_MS; ; await sleep(500, undefined, { signal })) {
      const answer = await graph.verify().catch((error: unknown) => error);
      if (!(answer instanceof Error)) return;
      if (!(answer instanceof UnavailableError) || Date.now() > deadline) {
        throw new UnavailableError(`Neo4j's container does not answer (${answer.message}); its log: ${log}`, {
          cause: answer,
        });
      }
    }
  } finally {
    await graph.close();
  }
}

function explainEngine(engine: ContainerEngine, output: string): string {
  const lines = output.trim().split('\n');
  return `${engine} could not run Neo4j: ${lines.at(-1)}`;
}
