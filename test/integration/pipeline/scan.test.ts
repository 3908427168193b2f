import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { canonicalGraph } from '../../../shared/graph/canonical/canonical-graph.ts';
import { type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { hashLines } from '../../hash-lines.ts';
import { freshGraph, ownGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { statusReply } from '../kubernetes/recorded-api-server.ts';
import { type CapturedMesh, END, MINUTE, startCapturedMesh } from './captured-mesh.ts';

const BUNDLE = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');
/** In windows of five minutes: few, so that each test takes seconds. */
const SCAN_BUNDLE = ['scan', '--bundle', BUNDLE, '--log', 'log', '-o', 'json'];

let mesh: CapturedMesh;
let access: GraphAccess;
let up: Record<string, string>;
const down = { NEO4J_URI: 'bolt://127.0.0.1:9', NEO4J_PASSWORD: 'x' };

beforeAll(async () => {
  mesh = await startCapturedMesh();
});
afterAll(() => mesh?.stop());
beforeEach(async () => {
  await rm(join(mesh.folder, 'log'), { recursive: true, force: true });
  mesh.api.faults.length = 0;
  await mesh.configure();
  access = await freshGraph();
  up = { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password };
});

async function inGraph<T>(read: (graph: ReturnType<typeof openGraph>) => Promise<T>): Promise<T> {
  const graph = openGraph(access);
  try {
    return await read(graph);
  } finally {
    await graph.close();
  }
}
const canonicalHash = (): Promise<string> => inGraph((graph) => hashLines(canonicalGraph(graph)));
const requestsInGraph = async (): Promise<number> => {
  const [row] = await inGraph((graph) =>
    graph.read<{ sum: number }>('MATCH ()-[c:CALLED]->() RETURN sum(c.requests) AS sum'),
  );
  return row?.sum ?? 0;
};

type Said = {
  observations: { source: string; at: number; state: string }[];
  problems: { source: string; message: string }[];
};
const said = (out: string): Said => JSON.parse(out);
const statesOf = (out: string): string[] => [...new Set(said(out).observations.map(({ state }) => state))];

test('a bundle scanned twice changes nothing; replayed from the log the graph is the same', async () => {
  const byMinute = [...SCAN_BUNDLE, '--period', '1m'];
  const first = await mesh.run(byMinute, up);
  expect(first).toMatchObject({ code: 0, err: '' });
  const { observations } = said(first.out);
  expect(observations).toHaveLength(14);
  expect(statesOf(first.out)).toEqual(['written']);
  expect(observations.map(({ at }) => at)).toEqual(observations.map(({ at }) => at).sort((a, b) => a - b));
  const hash = await canonicalHash();

  const second = await mesh.run(byMinute, up);
  expect(statesOf(second.out)).toEqual(['unchanged']);
  expect(await canonicalHash()).toBe(hash);

  await inGraph((graph) => graph.write('MATCH (n:Workload) WITH n LIMIT 5 DETACH DELETE n'));
  expect(await canonicalHash()).not.toBe(hash);
  const replayed = await mesh.run(['replay', '--log', 'log', '-o', 'json'], up);
  expect(JSON.parse(replayed.out)).toEqual({ clusters: [{ name: 'demo', observations: 14 }] });
  expect(await canonicalHash()).toBe(hash);
});

test('with the graph down everything is kept, and written once it is back', async () => {
  const whole = await mesh.run([...SCAN_BUNDLE, '--log', 'whole'], up);
  expect(whole.code).toBe(0);
  const hash = await canonicalHash();
  access = await freshGraph();

  const kept = await mesh.run(SCAN_BUNDLE, down);
  expect(kept.code).toBe(2);
  expect(kept.err).toMatch(/^graph: .*127\.0\.0\.1:9/);
  expect(statesOf(kept.out)).toEqual(['kept']);
  // Not the same bundle again: a scan of anything of the cluster delivers what is pending.
  const next = await mesh.run(['scan', '--only', 'cluster', '--log', 'log', '-o', 'json'], up, END + MINUTE);
  expect(next.code).toBe(0);
  expect(said(next.out).observations.filter(({ state }) => state === 'written')).toHaveLength(6);

  await mesh.run(['scan', '--only', 'cluster', '--log', 'whole', '-o', 'json'], up, END + MINUTE);
  const after = await canonicalHash();
  access = await freshGraph();
  await mesh.run([...SCAN_BUNDLE, '--log', 'other'], up);
  expect(await canonicalHash()).toBe(hash);
  await mesh.run(['scan', '--only', 'cluster', '--log', 'other', '-o', 'json'], up, END + MINUTE);
  expect(await canonicalHash()).toBe(after);
});

test('a live mesh gives the traffic its bundle gives, and a second scan reads no window again', async () => {
  await mesh.run(SCAN_BUNDLE, up);
  const recorded = await requestsInGraph();
  access = await freshGraph();

  const first = await mesh.run(['scan', '--log', 'live', '-o', 'json'], up);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(said(first.out).observations.map(({ source }) => source)).toEqual(['cluster', 'traffic', 'traffic']);
  expect(await requestsInGraph()).toBe(recorded);

  const second = await mesh.run(['scan', '--log', 'live', '-o', 'json'], up);
  expect(said(second.out).observations.map(({ source, state }) => [source, state])).toEqual([['cluster', 'unchanged']]);
  expect(second).toMatchObject({ code: 0, err: expect.stringMatching(/^demo traffic: nothing to read: every window/) });
});

test('a Prometheus that knows no proxy is a problem, not a mesh without traffic', async () => {
  await mesh.configure({ prometheus: `url: "${mesh.prometheus.url}", labels: {selector: 'job="nobody"'}` });
  const { code, err } = await mesh.run(['scan', '--only', 'traffic', '--log', 'log'], up);
  expect(code).toBe(2);
  expect(err).toMatch(/^demo traffic: Prometheus has no samples of Linkerd's proxies \(up\{job="nobody"\}\) from 2026/);
});

test('a scan that is interrupted says so, ends with 2, and the next one reads the rest', async () => {
  const interruption = new AbortController();
  let out = '';
  const { code, err } = await runCommand([...SCAN_BUNDLE.slice(0, -2), '--period', '1m'], {
    cwd: mesh.folder,
    env: up,
    signal: interruption.signal,
    out: (text) => {
      out += text;
      interruption.abort();
    },
  });
  expect(out.split('\n')).toHaveLength(2);
  expect({ code, err }).toEqual({
    code: 2,
    err: 'interrupted: what was read is kept, and the next scan reads the rest\n',
  });
  const rest = await mesh.run([...SCAN_BUNDLE, '--period', '1m'], up);
  expect(said(rest.out).observations.map(({ state }) => state)).toEqual(['unchanged', ...Array(13).fill('written')]);
});

test('a scan as of an instant reads the windows that ended by then, and no objects', async () => {
  const then = await mesh.run(['scan', '--at', '2026-11-23T17:55:00Z', '--log', 'log', '-o', 'json'], up);
  const { observations } = said(then.out);
  expect(observations.map(({ source }) => source)).toEqual(['traffic', 'traffic']);
  expect(observations.at(-1)?.at).toBe(Date.parse('2026-11-23T17:55:00Z'));
  // The rest is caught up by the next one.
  const rest = await mesh.run(['scan', '--log', 'log', '-o', 'json'], up);
  expect(said(rest.out).observations.filter(({ source }) => source === 'traffic')).toHaveLength(1);
});

test('a source that fails does not stop the other', async () => {
  await mesh.configure({ prometheus: 'url: "http://127.0.0.1:9"' });
  const noPrometheus = await mesh.run(['scan', '--log', 'log', '-o', 'json'], up);
  expect(noPrometheus.code).toBe(2);
  expect(said(noPrometheus.out)).toMatchObject({
    observations: [{ source: 'cluster', state: 'written' }],
    problems: [{ source: 'traffic', message: expect.stringContaining('nothing listens at http://127.0.0.1:9') }],
  });

  await mesh.configure({ kubernetes: 'server: "http://127.0.0.1:9", token: {env: TOKEN}' });
  const noApi = await mesh.run(['scan', '--log', 'log', '-o', 'json'], up);
  expect(noApi.code).toBe(2);
  expect(said(noApi.out).observations.map(({ source }) => source)).toEqual(['traffic', 'traffic']);
  expect(noApi.err).toMatch(/^demo cluster: .*127\.0\.0\.1:9/);
});

test('a kind that is forbidden is told, and the scan stands', async () => {
  mesh.api.faults.push(({ url }) =>
    url.pathname === '/api/v1/pods'
      ? statusReply(403, 'Forbidden', 'pods is forbidden: User "x" cannot list')
      : undefined,
  );
  const { code, err } = await mesh.run(['scan', '--only', 'cluster', '--log', 'log'], up);
  expect(code).toBe(0);
  expect(err).toContain('demo cluster: pods: forbidden');
});

test('the same traffic in windows of another length is refused, live it is left as it is', async () => {
  await mesh.run(SCAN_BUNDLE, up);
  const hash = await canonicalHash();
  const other = await mesh.run(['scan', '--bundle', BUNDLE, '--period', '1m', '--log', 'log'], up);
  expect(other).toMatchObject({ code: 2, out: '' });
  expect(other.err).toContain('was read before, in windows of 5m: use --period 5m');
  const live = await mesh.run(['scan', '--period', '1m', '--only', 'traffic', '--log', 'log', '-o', 'json'], up);
  expect(said(live.out).observations).toEqual([]);
  expect(await canonicalHash()).toBe(hash);
});

test('following goes on from window to window until it is interrupted', async () => {
  await mesh.configure({ scan: 'settling: 0s, firstScan: 1m' });
  const interruption = new AbortController();
  let now = END - 10 * MINUTE;
  const rounds: string[] = [];
  const ended = await runCommand(
    ['scan', '--watch', '--period', '1m', '--only', 'traffic', '--log', 'log', '-o', 'json'],
    {
      cwd: mesh.folder,
      env: { ...up, TOKEN: 'test', HOME: mesh.folder },
      // The clock stands a moment before each window's end, so that waiting takes no time.
      now: () => now,
      signal: interruption.signal,
      out: (text) => {
        rounds.push(text);
        now += MINUTE - 50;
        setTimeout(() => {
          now += 50;
        }, 10);
        if (rounds.length === 3) interruption.abort();
      },
    },
  );
  expect(ended.code).toBe(0);
  expect(rounds.map((round) => said(round).observations.length)).toEqual([1, 1, 1]);
});

test('a graph that does not know us, or may only be read, takes nothing; the log keeps it', async () => {
  const stranger = await mesh.run(SCAN_BUNDLE, { ...up, NEO4J_PASSWORD: 'wrong' });
  expect(stranger).toMatchObject({
    code: 2,
    err: expect.stringContaining('does not accept this user name and password'),
  });
  expect(statesOf(stranger.out)).toEqual(['kept']);

  const own = await ownGraph();
  try {
    await own.restart({ 'server.databases.read_only': 'neo4j' });
    const { uri, username, password } = own;
    const env = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
    const { code, err, out } = await mesh.run(SCAN_BUNDLE, env);
    expect({ code, states: statesOf(out) }).toEqual({ code: 2, states: ['kept'] });
    expect(err).toMatch(/^graph: the graph at bolt:.* may only be read: give a user with the right to write/);
  } finally {
    await own.remove();
  }
});

test('a bundle that is cut off writes nothing, to the log or to the graph', async () => {
  const bytes = await readFile(BUNDLE);
  await writeFile(join(mesh.folder, 'cut.gz'), bytes.subarray(0, bytes.length / 2));
  const { code, err, out } = await mesh.run(['scan', '--bundle', 'cut.gz', '--log', 'log', '-o', 'json'], up);
  expect(code).toBe(2);
  expect(err).toMatch(/^scan: cut\.gz is cut off: .*Nothing of it was written/);
  expect(said(out).observations).toEqual([]);
  expect((await mesh.run(['replay', '--log', 'log'], up)).err).toContain('holds no observations: nothing was emptied');
});
