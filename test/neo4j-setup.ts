import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalGraph, stopLocalGraph } from '../cli/local-graph/local-graph.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers a GET with the credentials of the run's Neo4j, which the first one starts. */
    readonly neo4jUrl: string;
  }
}

/**
 * One Neo4j a run, started when the first test asks for it: runs without the graph do not wait for it. It is attached
 * to this process, so it ends with the run even when that is killed.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-neo4j-'));
  let started: Promise<unknown> | undefined;
  const start = () => startLocalGraph({ env: process.env, home, attached: true });
  const server = createServer((_request, response) => {
    started ??= start();
    started.then(
      (graph) => response.end(JSON.stringify(graph)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('neo4jUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    await started?.catch(() => {});
    await stopLocalGraph(process.env, home);
    await rm(home, { recursive: true, force: true });
  };
}
