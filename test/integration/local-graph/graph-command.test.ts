import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { register } from '../../../cli/commands/graph.ts';
import { stopLocalGraph } from '../../../cli/local-graph/local-graph.ts';
import { resolveGraph } from '../../../cli/local-graph/resolve-graph.ts';
import { runProgram } from '../../../cli/program.ts';
import { openGraph } from '../../../shared/graph/connection.ts';
import { recordingIo } from '../../unit/cli/recording-io.ts';

let env: Record<string, string | undefined>;
beforeAll(async () => {
  // The jars of the user's cache, a graph of our own.
  const { NEO4J_URI: _, ...rest } = process.env;
  env = { ...rest, XDG_DATA_HOME: await mkdtemp(join(tmpdir(), 'meshgraph-graph-command-')) };
});
afterAll(async () => {
  await stopLocalGraph(env);
  await rm(env.XDG_DATA_HOME!, { recursive: true });
});

async function meshgraph(...args: string[]) {
  const io = recordingIo({ env });
  await runProgram(args, '0.0.0', io, [register]);
  return io.said;
}

test('before the first start there is nothing to see or to stop', async () => {
  expect((await meshgraph('graph', 'status')).out).toMatch(/^Neo4j +not running\nURI +chosen at the first start\n/);
  expect(await meshgraph('graph', 'stop')).toEqual({ out: 'it was not running\n', err: '', code: undefined });
});

test('start, look, stop: results on stdout, also as JSON, and every command finds the graph meanwhile', async () => {
  const started = await meshgraph('graph', 'start', '-o', 'json');
  expect(started).toMatchObject({ err: '', code: undefined });
  const graph = JSON.parse(started.out);
  expect(graph).toMatchObject({ source: 'local', running: true, version: '5.26.28', alreadyRunning: false });

  const resolved = await resolveGraph({ env });
  expect(resolved).toMatchObject({ uri: graph.uri, username: 'neo4j', source: 'local' });
  const connection = openGraph(resolved);
  expect(await connection.verify()).toMatchObject({ version: '5.26.28', edition: 'community', writable: true });
  await connection.close();
  expect(parseEnv(await readFile(graph.credentials, 'utf8'))).toMatchObject({ NEO4J_PASSWORD: resolved.password });

  expect((await meshgraph('graph', 'start')).out).toMatch(/^already running\n/);
  const { out } = await meshgraph('graph', 'status');
  expect(out).toContain(`5.26.28, running (process ${graph.pid})`);
  expect(out).toContain(graph.uri);
  expect(out).not.toContain(resolved.password);

  expect(JSON.parse((await meshgraph('graph', 'stop', '-o', 'json')).out)).toMatchObject({ stopped: true });
  const stopped = JSON.parse((await meshgraph('graph', 'status', '-o', 'json')).out);
  expect(stopped).toMatchObject({ running: false, uri: graph.uri, pid: null });
});

test('with NEO4J_URI set the local graph is left alone, and the command says so', async () => {
  const io = recordingIo({ env: { ...env, NEO4J_URI: 'bolt://elsewhere:7687', NEO4J_PASSWORD: 'secret' } });
  await runProgram(['graph', 'start'], '0.0.0', io, [register]);
  expect(io.said.out).toBe(
    'NEO4J_URI names bolt://elsewhere:7687: meshgraph uses that Neo4j and leaves the local one alone.\n',
  );
  expect((await meshgraph('graph', 'status')).out).toContain('not running');
});
