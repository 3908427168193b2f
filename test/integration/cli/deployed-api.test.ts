import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readApiAddress } from '../../../cli/api/api-address.ts';
import { openApiReader } from '../../../cli/api/api-reader.ts';
import { buildRequest } from '../../../cli/api/build-request.ts';
import { explainForbidden } from '../../../cli/api/explain-forbidden.ts';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { type DeployedApi, listen, SECRET_KEY, startDeployedApi, TOKEN } from '../api/deployed-api.ts';
import { refill } from '../checks/build-graph.ts';
import { arrival, clusterScan, healthy, mesh, minute, scan, trafficWindow } from '../checks/small-mesh.ts';

const denied = trafficWindow(minute(6), minute(7), [], [arrival('shop/web', 'shop/books', 'denied', 4)]);
const later = clusterScan(minute(8), { ...mesh, workloads: { ...mesh.workloads, 'shop/new': {} } });

let access: GraphAccess;
let graph: Graph;
let api: DeployedApi;

beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  await refill(graph, [scan, healthy, denied, later]);
  await onGraph('check', '--record', '--since', '5m');
  api = await startDeployedApi(access);
});
afterAll(async () => {
  await api?.stop();
  await graph?.close();
});

const now = () => minute(9);

function onGraph(...args: string[]) {
  const env = { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password };
  return runCommand(args, { now, env });
}

const onApi = (args: readonly string[], env: Record<string, string> = {}) =>
  runCommand([...args, '--api', api.url], { now, env });

/** A server that answers everything alike. */
async function answering(status: number, body: string, headers: Record<string, string> = {}) {
  return listen(createServer((_, response) => response.writeHead(status, headers).end(body)));
}

test.each([
  ['ask', 'callers', 'shop/books'],
  ['ask', 'callers', 'shop/books', '--since', '5m', '-o', 'json'],
  ['ask', 'path', '--from', 'shop/web', '--to', 'shop/books', '-o', 'json'],
  ['ask', 'callers', 'shop/bocks'],
  ['export', '-o', 'json'],
  ['export', '-o', 'mermaid', '--namespace', 'shop'],
  ['export', '-o', 'json', '--around', 'shop/web', '--depth', '1'],
  ['export', '--namespace', 'shp'],
  ['diff', '--from', '2026-11-23T17:00:00Z'],
  ['diff', '--from', '5m', '--to', '2026-11-23T17:09:00Z', '-o', 'json'],
  ['findings'],
  ['findings', '--state', 'all', '--severity', 'high', '-o', 'json'],
  ['findings', '--check', 'denied-arivals'],
])('meshgraph %s %s %s says the same of a deployed API as of its graph', async (...args) => {
  const [direct, deployed] = [await onGraph(...args), await onApi(args)];
  expect(deployed).toEqual(direct);
  expect(direct.out + direct.err).not.toBe('');
});

describe('meshgraph check', () => {
  test('tells what the evaluations of the deployment left, and that they are stale by now', async () => {
    const { out, code } = await onApi(['check']);
    // The API looks as of its own clock: the small mesh was scanned long ago.
    expect(code).toBe(1);
    expect(out).toContain('× no caller is turned away by Linkerd policy (high)\n    web.shop.');
    expect(out).toContain('cannot judge: the newest traffic window is of');
  });

  test('refuses flags that would judge anew', async () => {
    const { err, code } = await onApi(['check', '--since', '2h', '--record']);
    expect({ err, code }).toEqual({
      err: expect.stringMatching(/own evaluations judged: leave out --since, --record/),
      code: 2,
    });
  });
});

test('a finding is accepted through the API by who signed, and stays accepted when evaluated again', async () => {
  const { findings } = JSON.parse((await onApi(['findings', '-o', 'json'])).out);
  const { id } = findings.find(({ check }: { check: string }) => check === 'denied-arrivals');
  const accept = ['findings', 'accept', id, '--reason', 'known', '--until', '2099-12-31'];
  expect(await onApi(accept)).toMatchObject({
    out: expect.stringMatching(/^accepted until 2100-01-01T00:00:00Z: /),
    code: 0,
  });
  const again = JSON.parse((await onApi([...accept, '-o', 'json', '--cluster', 'test'])).out);
  expect(again.finding).toMatchObject({ id, cluster: 'test', state: 'accepted' });
  await onGraph('check', '--record', '--since', '5m');
  const kept = JSON.parse((await onApi(['findings', '--state', 'accepted', '-o', 'json'])).out);
  expect(kept.findings).toMatchObject([
    { id, acceptance: { reason: 'known', by: 'arn:aws:iam::123456789012:user/ops' } },
  ]);
  expect((await onApi(['findings', 'accept', id, '--reason', 'x', '--until', '2020-01-01'])).err).toContain(
    'is over since',
  );
});

test('an answer too long for the gateway is fetched from where it lies', async () => {
  await graph.write(`UNWIND range(1, 25000) AS n
    CREATE (:Workload {key: 'test/big/Deployment/w' + n, cluster: 'test', namespace: 'big', kind: 'Deployment',
      name: 'a-name-of-some-length-so-that-the-answer-outgrows-what-a-lambda-may-answer-' + n, validFrom: 0})`);
  const args = ['export', '-o', 'json', '--namespace', 'big'];
  const [direct, deployed] = [await onGraph(...args), await onApi(args)];
  await graph.write("MATCH (w:Workload {namespace: 'big'}) DELETE w");
  expect(direct.out.length).toBeGreaterThan(7_000_000);
  expect(deployed.out === direct.out).toBe(true);
  expect(api.kept()).toEqual([expect.stringMatching(/^\/observations\/results\/[0-9a-f]{32}\.json$/)]);
});

test('--api may stand before the command', async () => {
  const { out, code } = await runCommand(['--api', api.url, 'ask', 'identities'], { now });
  expect({ out, code }).toEqual({ out: expect.stringMatching(/^\d+ identities/), code: 0 });
});

test('MESHGRAPH_API names the API too, and a token stands for a signature', async () => {
  process.env.AWS_SECRET_ACCESS_KEY = 'another';
  try {
    const env = { MESHGRAPH_API: `${api.url}/v1/`, MESHGRAPH_API_TOKEN: TOKEN };
    const { out, code } = await runCommand(['ask', 'callers', 'shop/books', '--since', '5m'], { now, env });
    expect({ out, code }).toEqual({ out: expect.stringContaining('shop/books has'), code: 0 });
    const refused = await onApi(['findings'], { MESHGRAPH_API_TOKEN: 'old' });
    expect(refused.err).toContain('the token of MESHGRAPH_API_TOKEN has expired, or is for another issuer');
  } finally {
    process.env.AWS_SECRET_ACCESS_KEY = SECRET_KEY;
  }
});

test('a caller who is not let in is told as whom it was asked and what that one needs', async () => {
  process.env.AWS_SECRET_ACCESS_KEY = 'another';
  try {
    const { err, code } = await onApi(['findings']);
    expect(code).toBe(2);
    expect(err).toContain(
      'does not let you in (it says: Forbidden): it was asked as arn:aws:iam::123456789012:user/ops',
    );
    expect(err).toContain('needs execute-api:Invoke on arn:aws:execute-api:*:123456789012:*/$default/GET/v1/findings');
  } finally {
    process.env.AWS_SECRET_ACCESS_KEY = SECRET_KEY;
  }
});

test('where the host is of an API Gateway, what a caller needs is told to the letter', async () => {
  const address = readApiAddress('https://abc123.execute-api.eu-west-1.amazonaws.com');
  const authorization = { kind: 'aws' as const, headersFor: async () => ({}) };
  const { message } = await explainForbidden({ address, authorization }, buildRequest('readHealth', {}), 'Forbidden');
  expect(message).toMatch(
    / needs execute-api:Invoke on arn:aws:execute-api:eu-west-1:123456789012:abc123\/\$default\/GET\/v1\/health$/,
  );
});

test.each([
  ['HTML', 200, '<!doctype html>', {}, 'answered HTML: is this the address of a meshgraph API?'],
  ['a page for 404', 404, '<html>', {}, 'answered HTML (404)'],
  ['another API', 200, '{"items":[]}', {}, 'answered something else than a meshgraph API'],
  ['a gateway without our routes', 404, '{"message":"Not Found"}', {}, 'there is no meshgraph API at'],
  [
    'a gateway that waited too long',
    503,
    '{"message":"Service Unavailable"}',
    {},
    'cannot answer now (503: Service Unavailable)',
  ],
  ['too many requests', 429, '{"message":"Too Many Requests"}', {}, 'cannot answer now (429'],
  [
    'expired credentials',
    403,
    '{"message":"The security token included in the request is expired"}',
    {},
    'have expired, log in again',
  ],
  [
    'a clock that is wrong',
    403,
    '{"message":"Signature expired: 20261124T1200Z is now earlier than"}',
    {},
    'the clock of this machine is wrong',
  ],
  [
    'a problem of its own',
    503,
    '{"type":"about:blank","title":"x","status":503,"detail":"no answer from Neo4j"}',
    {},
    'no answer from Neo4j',
  ],
] as const)('%s is told in words', async (_, status, body, headers, words) => {
  const server = await answering(status, body, headers);
  const { out, err, code } = await runCommand(['findings', '--api', server.url], { now });
  await server.stop();
  expect({ out, err, code }).toEqual({ out: '', err: expect.stringContaining(words), code: 2 });
});

test('an API that never answers, or is not there, is given up in words', async () => {
  const silent = await listen(createServer(() => undefined));
  const io = { env: {}, signal: new AbortController().signal };
  await expect(openApiReader(io, silent.url, 100).readHealth({})).rejects.toThrow('in time: try again');
  await silent.stop();
  await expect(openApiReader(io, silent.url).readHealth({})).rejects.toThrow('ECONNREFUSED): is the address right');
});

test.each([['scan'], ['graph', 'status'], ['config', 'validate']])(
  'meshgraph %s %s refuses an API',
  async (...args) => {
    const { err, code } = await onApi(args.filter((word) => word !== undefined));
    expect({ err, code }).toEqual({
      err: expect.stringContaining(`${args[0]} does not work through an API: leave --api out`),
      code: 2,
    });
  },
);
