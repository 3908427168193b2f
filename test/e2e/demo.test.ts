import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGraph } from '../../shared/graph/connection.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const meshgraph = join(root, 'bin/meshgraph.mjs');

/** A demo that stays until it is interrupted, and one with --once and as JSON that runs beside it on the same home. */
let home: string;
let staying: ChildProcess;
let shown = '';
let other: { readonly stdout: string; readonly stderr: string };

beforeAll(async () => {
  await run('node', [join(root, 'scripts/build.mjs')]);
  home = await mkdtemp(join(tmpdir(), 'meshgraph-demo-'));
  staying = spawn('node', [meshgraph, 'demo', '--home', home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const beside = run('node', [meshgraph, 'demo', '--once', '--home', home, '-o', 'json']);
  for await (const chunk of staying.stdout!) {
    shown += chunk;
    if (shown.includes('until you press Ctrl-C')) break;
  }
  other = await beside;
});
afterAll(async () => {
  staying?.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

const line = (...parts: string[]) => shown.split('\n').find((one) => parts.every((part) => one.includes(part)));

describe('the demo finds what the applications of the recording counted themselves:', () => {
  // truth/edges.json of the recording; see test/fixtures/capture/README.md.
  test.each([
    ['scanner.rogue.serviceaccount.identity.linkerd.cluster.local', 118, 'emojivoto/voting:8080'],
    ['scanner.rogue.serviceaccount.identity.linkerd.cluster.local', 118, 'books/authors:7001'],
    ['reports.batch.serviceaccount.identity.linkerd.cluster.local', 93, 'books/authors:7001'],
    ['reports.batch.serviceaccount.identity.linkerd.cluster.local', 40, 'emojivoto/voting:8080'],
    ['an unauthenticated caller', 137, 'books/authors:7001'],
    ['an unauthenticated caller', 110, 'books/mysql:3306'],
  ])('%s was denied %i times at %s', (client, times, where) => {
    expect(line('denied-arrivals', client, where)).toContain(`was denied ${times} times at ${where}`);
  });

  test.each([
    ['emojivoto/web', 'allowed', 1388, 303],
    ['rogue/scanner', 'denied', 118, 0],
    ['batch/reports', 'allowed', 84, 22],
    ['batch/reports', 'denied', 40, 0],
  ])('%s called emojivoto/voting, %s %i times, of which %i failed', (caller, verdict, count, failures) => {
    const answer = shown.slice(shown.indexOf('ask callers emojivoto/voting'), shown.indexOf('ask touches'));
    const row = answer.split('\n').find((one) => one.startsWith(caller) && one.includes(` ${verdict} `));
    expect(row).toMatch(new RegExp(` 8080 +${verdict} +${count} +requests +${failures} `));
  });

  test('the legacy cron job got into web 275 times without an identity', () => {
    expect(line('unauthenticated-arrivals')).toContain('emojivoto/web:8080 let in 275 unauthenticated arrivals');
  });

  test('books is admitted to the authors it never calls', () => {
    expect(line('authorization-unused')).toContain(
      'books/authors-read-allow admits books.books.serviceaccount.identity.linkerd.cluster.local to books/authors',
    );
  });
});

describe('the demo tells', () => {
  test('who reaches the personal data, over which hops', () => {
    expect(line('books/traffic → books/webapp → books/books')).toMatch(/books\/books → books\/mysql +3 +yes /);
    expect(line('unauthenticated →')).toMatch(/books\/mysql +3 +no /);
  });

  test.each([
    ['appeared', 'batch/reports'],
    ['vanished', 'rogue/scanner'],
    ['appeared', 'books/books-68db87f484-f5dl4'],
    ['vanished', 'books/books-7cd88765c7-h9dbs'],
    ['changed', 'emojivoto/web '],
    ['opened', 'emojivoto/web-only → batch/reports'],
  ])('that there was %s %s', (what, entity) => {
    expect(line(` ${what} `, entity)).toMatch(/^2026-11-23T17:5[59]:/);
  });
});

test('the queries it shows return as many rows as it says, when they are pasted', async () => {
  const credentials = /^credentials +(.+)$/m.exec(shown)?.[1] ?? '';
  const {
    NEO4J_URI: uri = '',
    NEO4J_USERNAME: username = '',
    NEO4J_PASSWORD: password = '',
  } = parseEnv(await readFile(credentials, 'utf8'));
  expect(shown).toContain(uri);
  const graph = openGraph({ uri, username, password });
  try {
    const pasted = [...shown.matchAll(/^(\/\/ .*\n[^;]+);\n\/\/ (\d+) rows$/gm)];
    const rows = await Promise.all(pasted.map(([, query = '']) => graph.read(query)));
    expect(rows.map(({ length }) => length)).toEqual(pasted.map(([, , count]) => Number(count)));
    expect(pasted).toHaveLength(3);
    expect(Math.min(...rows.map(({ length }) => length))).toBeGreaterThan(0);
  } finally {
    await graph.close();
  }
});

test('a command it suggests answers from its graph', async () => {
  const [, environment = '', args = ''] = /env \$\(cat (.+)\) npx meshgraph (ask callers .+)$/m.exec(shown) ?? [];
  const env = { ...process.env, ...parseEnv(await readFile(environment, 'utf8')) };
  const { stdout } = await run('node', [meshgraph, ...args.split(' ')], { env });
  // Before the policy changed, nobody let reports in.
  expect(stdout).toMatch(/batch\/reports .* denied /);
  expect(stdout).not.toMatch(/batch\/reports .* allowed /);
});

test('its pictures show the mesh', async () => {
  const picture = async (name: string) => readFile(join(home, name), 'utf8');
  expect(await picture('topology.html')).toContain(
    'Linkerd calls in demo, 2026-11-23T17:49:00Z to 2026-11-23T18:00:00Z',
  );
  expect(await picture('topology.svg')).toMatch(/:8080 · 118 req<[\s\S]*>all denied</);
  expect(await picture('topology.mmd')).toMatch(/--x\|":8080 · 118 req<br\/>all denied"\|/);
});

test("the README's picture is what it draws", async () => {
  const [drawn, shipped] = await Promise.all(
    [join(home, 'topology.svg'), join(root, 'docs/images/demo.svg')].map((path) => readFile(path, 'utf8')),
  );
  expect(shipped === drawn, 'copy the topology.svg that `meshgraph demo` writes to docs/images/demo.svg').toBe(true);
});

test('another demo beside it, with --once, finds the same in a graph of its own and leaves nothing running', async () => {
  const findings = (text: string) => text.slice(text.indexOf('severity  check'), text.indexOf('Pictures'));
  expect(findings(other.stderr)).toBe(findings(shown));
  const told = JSON.parse(other.stdout);
  expect(told.findings).toHaveLength(20);
  expect(told.pictures).toContain(join(home, 'topology.svg'));
  expect(/^Bolt +(.+)$/m.exec(shown)?.[1]).not.toBe(told.graph.uri);
  expect((await readdir(home)).filter((name) => name.startsWith('graph-'))).toEqual([`graph-${staying.pid}`]);
});

test('Ctrl-C ends it with 0, stops its Neo4j and leaves the pictures only', async () => {
  const ended = once(staying, 'exit');
  staying.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect((await readdir(home)).sort()).toEqual(['topology.html', 'topology.mmd', 'topology.svg']);
  const graph = openGraph({ uri: /^Bolt +(.+)$/m.exec(shown)?.[1] ?? '', username: 'neo4j', password: 'x' });
  await expect(graph.verify()).rejects.toThrow();
  await graph.close();
});
