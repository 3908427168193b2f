import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { askGateApi } from '../../../../cli/gate/ask-gate-api.ts';
import { type GateReleaseDeps, gateRelease } from '../../../../functions/gate-release/gate-release.ts';
import { problemResponse } from '../../../../shared/domain/api/problem.ts';
import { gate } from '../../../../shared/domain/configuration/gate.ts';
import { entityModelSchema } from '../../../../shared/domain/entity-model.ts';
import { meshBeforePullRequests, PULL_REQUESTS_AT } from '../../../pull-requests.ts';
import { runCommand } from '../../../run-command.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/pull-requests');
const API = 'https://abc123.execute-api.eu-west-1.amazonaws.com';
const env = { MESHGRAPH_API_TOKEN: 'a-token' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-gate-api-'));
  await writeFile(join(folder, 'baseline.json'), JSON.stringify(meshBeforePullRequests()));
});
afterEach(() => vi.unstubAllGlobals());
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A gateway before the use case of gate-release, in a deployment of its own configuration. */
function deployed(configured: object = {}): Request[] {
  const requests: Request[] = [];
  const deps: GateReleaseDeps = {
    configuration: { gate: gate.parse(configured), entityModel: entityModelSchema.parse({}) },
    readClusters: async () => [{ cluster: 'prod', newest: PULL_REQUESTS_AT }],
    readBaseline: async () => meshBeforePullRequests(),
    staleAfterMs: 900_000,
    keepAnswer: () => Promise.reject(new Error('no answer of this test is long')),
    now: () => PULL_REQUESTS_AT,
  };
  vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
    const request = new Request(url, options);
    requests.push(request);
    const { pathname, search } = new URL(url);
    const asked = {
      method: request.method,
      path: pathname,
      query: search.slice(1),
      headers: Object.fromEntries(request.headers),
      body: await request.clone().text(),
      caller: undefined,
    };
    const { status, headers, body } = await gateRelease(deps, asked).catch(problemResponse);
    return new Response(body, { status, headers });
  });
  return requests;
}

function judge(where: readonly string[], change: string, ...more: string[]) {
  const namespace = change === 'tighten-namespace' ? 'shop' : 'payments';
  const args = ['gate', join(FIXTURES, 'changes', change, namespace), ...where, ...more];
  return runCommand(args, { cwd: FIXTURES, env, now: () => PULL_REQUESTS_AT });
}
const byApi = (change: string, ...more: string[]) => judge(['--api', API], change, ...more);
const byFile = (change: string, ...more: string[]) =>
  judge(['--against', join(folder, 'baseline.json')], change, ...more);

test.each([
  'tighten-namespace',
  'tighten-namespace -o json',
  'tighten-namespace -o sarif',
  'tighten-namespace -o junit',
  'tighten-namespace -o markdown',
  'skip-port -o json',
  'skip-port --base mesh/payments -o json',
  'skip-port --full -o json',
  'skip-port --all --fail-on low -n payments',
])('meshgraph gate %s prints the same of an API as of the mesh behind it', async (line) => {
  const requests = deployed();
  const [change = '', ...more] = line.split(' ');
  const [direct, asked] = [await byFile(change, ...more), await byApi(change, ...more)];
  expect(asked).toEqual(direct);
  expect(requests).toHaveLength(1);
  expect(direct.code).toBe(1);
});

test('the rules and the severity that fails are those of the deployment, unless a flag says otherwise', async () => {
  deployed({ failOn: 'critical', rules: { 'access-opened': { enabled: false } } });
  const told = JSON.parse((await byApi('tighten-namespace', '-o', 'json')).out);
  expect(told).toMatchObject({ failOn: 'critical', exitCode: 0 });
  const stricter = JSON.parse((await byApi('tighten-namespace', '-o', 'json', '--fail-on', 'high')).out);
  expect(stricter).toMatchObject({ failOn: 'high', exitCode: 1 });
  const junit = (await byApi('tighten-namespace', '-o', 'junit')).out;
  expect(junit).toContain('calls-denied');
  expect(junit).not.toContain('access-opened');
});

test('a baseline file is asked whatever MESHGRAPH_API says', async () => {
  const requests = deployed();
  const args = ['gate', join(FIXTURES, 'changes/skip-port/payments'), '--against', join(folder, 'baseline.json')];
  const world = { cwd: FIXTURES, env: { ...env, MESHGRAPH_API: API }, now: () => PULL_REQUESTS_AT };
  expect((await runCommand(args, world)).code).toBe(1);
  expect(requests).toEqual([]);
});

test('a configuration named here is refused: the API has its own', async () => {
  deployed();
  expect(await byApi('skip-port', '--config', 'meshgraph.yaml')).toMatchObject({
    err: expect.stringContaining('leave out --config'),
    code: 2,
  });
});

test('what the API refuses is told in its words, and ends with 2', async () => {
  deployed();
  expect(await byApi('skip-port', '--cluster', 'staging')).toMatchObject({
    err: 'the graph knows no cluster "staging", only prod\n',
    code: 2,
  });
});

test('more than a request can bring is refused before it is sent, with another way', async () => {
  const requests = deployed();
  const io = { env, signal: new AbortController().signal };
  const manifests = [{ file: 'a.yaml', text: 'x'.repeat(6_100_000) }];
  const asked = { manifests, base: [], namespace: 'default', allowStale: false };
  await expect(askGateApi(io, API, asked)).rejects.toMatchObject({
    name: 'InvalidInputError',
    message: expect.stringMatching(/^the API takes manifests of 6\.0 MB at most, and these are 6\.1 MB: .*--baseline/),
  });
  expect(requests).toEqual([]);
});

test('rules of the user’s own are refused: the API has built-in ones only', async () => {
  deployed();
  expect(await byApi('skip-port', '--rules', 'rules')).toMatchObject({
    err: expect.stringContaining('leave out --rules'),
    code: 2,
  });
});
