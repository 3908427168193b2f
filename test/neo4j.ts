import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { startLocalGraph, stopLocalGraph } from '../cli/local-graph/local-graph.ts';
import { type Graph, type GraphAccess, openGraph } from '../shared/graph/connection.ts';

/**
 * An empty real Neo4j: nodes, relationships, constraints and indexes of earlier tests are gone. All integration tests of
 * a run share one server (Community has one database), so their files run one after another; see vitest.config.ts.
 */
export async function freshGraph(): Promise<GraphAccess> {
  const answer = await fetch(inject('neo4jUrl'));
  if (!answer.ok) throw new Error(await answer.text());
  const { uri, username, password } = (await answer.json()) as GraphAccess;
  const graph = openGraph({ uri, username, password });
  try {
    await empty(graph);
  } finally {
    await graph.close();
  }
  return { uri, username, password };
}

export type OwnGraph = GraphAccess & {
  readonly pid: number;
  /** SIGKILL, as a crash or the kernel's out-of-memory killer would. */
  readonly kill: () => void;
  /** Starts it again on the same data and port, after `kill`, or with other `settings` of neo4j.conf. */
  readonly restart: (settings?: Readonly<Record<string, string>>) => Promise<void>;
  /** Stops it and removes its data. */
  readonly remove: () => Promise<void>;
};

/** A Neo4j of the test's own (4-8 s to start), to kill, to restart or to configure by `settings` of neo4j.conf. */
export async function ownGraph(settings: Readonly<Record<string, string>> = {}): Promise<OwnGraph> {
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-own-neo4j-'));
  const start = (changed = settings) => startLocalGraph({ env: process.env, home, attached: true, settings: changed });
  let { server, uri, username, password } = await start();
  return {
    uri,
    username,
    password,
    get pid() {
      return server.pid!;
    },
    kill: () => process.kill(server.pid!, 'SIGKILL'),
    restart: async (changed) => {
      await stopLocalGraph(process.env, home);
      ({ server, uri, username, password } = await start(changed));
    },
    remove: async () => {
      await stopLocalGraph(process.env, home);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function empty(graph: Graph): Promise<void> {
  // Relationships first: a few nodes may hold more of them than fit into one transaction of the small server.
  for (const query of ['MATCH ()-[r]->() WITH r LIMIT 5000 DELETE r', 'MATCH (n) WITH n LIMIT 10000 DELETE n']) {
    for (let left = true; left; ) {
      const { counters } = await graph.write(query);
      left = (counters.nodesDeleted ?? 0) + (counters.relationshipsDeleted ?? 0) > 0;
    }
  }
  for (const { name } of await graph.read<{ name: string }>('SHOW CONSTRAINTS YIELD name')) {
    await graph.write(`DROP CONSTRAINT \`${name}\``);
  }
  const indexes = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name";
  for (const { name } of await graph.read<{ name: string }>(indexes)) await graph.write(`DROP INDEX \`${name}\``);
}
