import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureCredentials } from '../../../cli/local-graph/credentials.ts';
import { graphHome } from '../../../cli/local-graph/home.ts';
import { startLocalGraph, stopLocalGraph } from '../../../cli/local-graph/local-graph.ts';
import { readLocalGraphStatus } from '../../../cli/local-graph/local-graph-status.ts';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import { openGraph } from '../../../shared/graph/connection.ts';

const env = process.env;
let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-local-graph-'));
  home = join(folder, 'first');
});
afterAll(async () => {
  await stopLocalGraph(env, home);
  await rm(folder, { recursive: true });
});

/** Node code in a process of its own that may start a graph on `home`. */
function script(code: string, graph: string): string[] {
  const module = new URL('../../../cli/local-graph/local-graph.ts', import.meta.url);
  const start = `const start = (options) => startLocalGraph({ env: process.env, home: ${JSON.stringify(graph)}, ...options });`;
  return ['--input-type=module', '-e', `import { startLocalGraph } from '${module}'; ${start} ${code}`];
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Waits for the end of a process; one of our own children is still there, ended, until Node has looked after it. */
async function ended(pid: number): Promise<boolean> {
  for (const deadline = Date.now() + 30_000; isAlive(pid) && Date.now() < deadline; ) await sleep(20);
  return !isAlive(pid);
}

test('two processes that start the same graph at once get the same server, which outlives both', async () => {
  const code = 'const g = await start(); console.log(JSON.stringify([g.uri, g.password, g.server.pid]))';
  const start = () => promisify(execFile)(process.execPath, script(code, home));
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.stdout).toBe(two.stdout);
  const pid = JSON.parse(one.stdout)[2];
  expect(isAlive(pid)).toBe(true);
  expect((await readLocalGraphStatus(env, home)).server).toMatchObject({ pid, version: '5.26.28' });
});

test('starting what runs changes nothing, also through a link to its folder', async () => {
  const { server } = await readLocalGraphStatus(env, home);
  const link = join(folder, 'link');
  await symlink(home, link);
  expect(await startLocalGraph({ env, home: link })).toMatchObject({ alreadyRunning: true, server });
});

test('a killed server is seen as stopped, and starts again on its port with its data', async () => {
  const before = await startLocalGraph({ env, home });
  const graph = openGraph(before);
  await graph.write('CREATE (:Kept)');
  process.kill(before.server.pid!, 'SIGKILL');
  expect(await ended(before.server.pid!)).toBe(true);
  expect((await readLocalGraphStatus(env, home)).server).toBeUndefined();
  const after = await startLocalGraph({ env, home });
  expect(after).toMatchObject({ uri: before.uri, password: before.password, alreadyRunning: false });
  expect(await graph.read('MATCH (n:Kept) RETURN count(n) AS n')).toEqual([{ n: 1 }]);
  await graph.close();
});

test('the first password anybody could guess never works', async () => {
  const { uri } = await startLocalGraph({ env, home });
  const graph = openGraph({ uri, username: 'neo4j', password: 'neo4j' });
  await expect(graph.verify()).rejects.toThrow('does not accept this user name and password');
  await graph.close();
});

test('stop ends the server and its data stay', async () => {
  const { server } = await startLocalGraph({ env, home });
  expect(await stopLocalGraph(env, home)).toBe(true);
  expect(await ended(server.pid!)).toBe(true);
  expect(await stopLocalGraph(env, home)).toBe(false);
  const status = await readLocalGraphStatus(env, home);
  expect(status.server).toBeUndefined();
  expect(status.dataBytes).toBeGreaterThan(1e6);
});

test("a process that got a killed server's number is neither taken for it nor stopped", async () => {
  const stranger = spawn('sleep', ['60']);
  await writeFile(graphHome(env, home).state, JSON.stringify({ pid: stranger.pid, version: '5.26.28', startedAt: 0 }));
  expect((await readLocalGraphStatus(env, home)).server).toBeUndefined();
  expect(await stopLocalGraph(env, home)).toBe(false);
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
});

test('a port taken by another program is one sentence, and nothing stays behind', async () => {
  const { uri } = await ensureCredentials(graphHome(env, home));
  const squatter = createServer().listen(Number(new URL(uri).port), '127.0.0.1');
  await once(squatter, 'listening');
  const attempt = startLocalGraph({ env, home });
  await expect(attempt).rejects.toThrow(UnavailableError);
  await expect(attempt).rejects.toThrow(
    `port ${new URL(uri).port} on 127.0.0.1, which this graph keeps, is in use by another program. ` +
      `Stop that program, or change the port in ${home}/credentials.env.`,
  );
  squatter.close();
  expect((await readLocalGraphStatus(env, home)).server).toBeUndefined();
});

test('an attached server ends with the process that started it, however that ends', async () => {
  const code = 'const g = await start({ attached: true }); console.log(g.server.pid); setInterval(() => {}, 1000);';
  const owner = spawn(process.execPath, script(code, home), { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = await once(owner.stdout, 'data');
  expect(isAlive(Number(pid))).toBe(true);
  owner.kill('SIGKILL');
  expect(await ended(Number(pid))).toBe(true);
});

test('Ctrl-C while it starts leaves no server behind', async () => {
  const controller = new AbortController();
  const attempt = startLocalGraph({ env, home, signal: controller.signal });
  setTimeout(() => controller.abort(), 500);
  await expect(attempt).rejects.toThrow();
  await sleep(500);
  expect((await readLocalGraphStatus(env, home)).server).toBeUndefined();
});

test('a folder that cannot be is one sentence', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(startLocalGraph({ env, home: file })).rejects.toThrow(`${file} cannot be a folder of ours`);
});

test('without a network the jars cannot be fetched: one sentence, and nothing half in the cache', async () => {
  const cache = join(folder, 'cache');
  await mkdir(cache);
  const closed = ['http', 'https'].map((scheme) => `-D${scheme}.proxyHost=127.0.0.1 -D${scheme}.proxyPort=1`).join(' ');
  const offline = {
    ...env,
    XDG_CACHE_HOME: cache,
    MAVEN_OPTS: `-Dmaven.repo.local=${join(folder, 'maven')} ${closed}`,
  };
  const attempt = startLocalGraph({ env: offline, home: join(folder, 'offline') });
  await expect(attempt).rejects.toThrow(UnavailableError);
  await expect(attempt).rejects.toThrow('Maven could not download Neo4j 5.26.28: it could not reach its repository');
  await expect(readFile(join(cache, 'meshgraph', 'neo4j-5.26.28'))).rejects.toThrow('ENOENT');
});
