import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../../shared/domain/api/operations.ts';
import type { GraphAccess } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { TIGHTENED_VOTING } from '../../tightened-voting.ts';
import type { ApiAnswer } from './api-on-graph.ts';
import { type DeployedApi, startDeployedApi, TOKEN } from './deployed-api.ts';
import { faultsOf } from './described.ts';

const BUNDLE = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');

let access: GraphAccess;
let api: DeployedApi;
let folder: string;

beforeAll(async () => {
  access = await freshGraph();
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-gate-'));
  await mkdir(join(folder, 'policy'));
  await writeFile(join(folder, 'policy/web-only.yaml'), TIGHTENED_VOTING);
  await onGraph('scan', '--bundle', BUNDLE, '--log', join(folder, 'observations'), '--period', '1m');
  api = await startDeployedApi(access);
}, 120_000);
afterAll(async () => {
  await api?.stop();
  await rm(folder, { recursive: true, force: true });
});

const world = (env: Record<string, string>) => ({ cwd: folder, now: Date.now, env });
const onGraph = (...args: string[]) =>
  runCommand(args, world({ NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password }));
const onApi = (...args: string[]) => runCommand([...args, '--api', api.url], world({}));

async function post(body: object, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) {
  const response = await fetch(`${api.url}/v1/gate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  return { status: response.status, type, json: (await response.json()) as ApiAnswer['json'] };
}

const manifests = [{ file: 'policy/web-only.yaml', text: TIGHTENED_VOTING }];

test.each(['policy', 'policy -o json', 'policy -o sarif --since 5m --full', 'policy --all -o markdown'])(
  'meshgraph gate %s says the same of a deployed API as of its graph',
  async (line) => {
    const args = ['gate', ...line.split(' '), '--allow-stale', '--at', '2026-11-23T18:00:00Z'];
    const [direct, deployed] = [await onGraph(...args), await onApi(...args)];
    expect(deployed).toEqual(direct);
    expect(direct.code).toBe(1);
  },
);

test('the answer is as described, and names the calls that would be denied with the line to blame', async () => {
  const { status, type, json } = await post({ manifests, allowStale: true });
  expect(status).toBe(200);
  expect(faultsOf('gateRelease', 200, type, json)).toEqual([]);
  expect(OPERATIONS.gateRelease.answer.parse(json)).toEqual(json);
  expect(json.unjudged).toEqual([]);
  const denied = json.findings.filter(({ rule }: { rule: string }) => rule === 'calls-denied');
  expect(denied).toHaveLength(2);
  for (const caller of ['emojivoto/web', 'batch/reports']) {
    const place = { file: 'policy/web-only.yaml', line: 5, field: 'spec.identities' };
    const message = expect.stringMatching(new RegExp(`^[\\d,]+ requests of ${caller} to emojivoto/voting:8080, last `));
    expect(denied).toContainEqual(expect.objectContaining({ place, message }));
  }
});

test('a mesh that was scanned long ago is not judged, and says so', async () => {
  const { status, json } = await post({ manifests });
  expect(status).toBe(200);
  expect(json.unjudged[0]).toMatch(/^the newest scan of demo is of 2026-11-23T17:59:35(\.\d+)?Z/);
});

test.each([
  ['what is no YAML', { manifests: [{ file: 'a.yaml', text: 'a: [' }] }, 400, 'a.yaml:1: '],
  ['a cluster there is not', { manifests, cluster: 'prod' }, 404, 'the graph knows no cluster "prod", only demo'],
  ['a time before all', { manifests, at: '2020-01-01' }, 404, 'the graph knows nothing of demo as of 2020-01-01'],
  ['too much', { manifests: [{ file: 'a.yaml', text: 'x'.repeat(6_000_000) }] }, 413, 'expected at most 6000000'],
])('%s is refused as described', async (_, body, status, detail) => {
  const answer = await post(body);
  expect(answer).toMatchObject({ status, json: { status, detail: expect.stringContaining(detail) } });
  expect(faultsOf('gateRelease', status, answer.type, answer.json)).toEqual([]);
});

test('nobody who is unknown is judged for', async () => {
  expect((await post({ manifests }, {})).status).toBe(403);
});
