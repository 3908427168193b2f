import { describe, expect, test } from 'vitest';
import { type GateReleaseDeps, gateRelease } from '../../../functions/gate-release/gate-release.ts';
import { OPERATIONS } from '../../../shared/domain/api/operations.ts';
import { gate } from '../../../shared/domain/configuration/gate.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import { meshBeforePullRequests, PULL_REQUESTS_AT } from '../../pull-requests.ts';

const NOON = PULL_REQUESTS_AT;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** The gate of an API that knows the cluster of the pull requests, and what it asked the graph for. */
function world({ more = {}, later = 0 }: { more?: Partial<GateReleaseDeps>; later?: number } = {}) {
  const asked: unknown[] = [];
  const deps: GateReleaseDeps = {
    configuration: { gate: gate.parse({ failOn: 'medium' }), entityModel: entityModelSchema.parse({}) },
    readClusters: async () => [{ cluster: 'prod', newest: NOON }],
    readBaseline: async (cluster, period) => {
      asked.push({ cluster, ...period });
      return meshBeforePullRequests();
    },
    staleAfterMs: 15 * MINUTE,
    keepAnswer: async (name) => ({ url: `https://bucket/${name}`, expiresAt: NOON }),
    now: () => NOON + later,
    ...more,
  };
  const send = async (body: object) => {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', path: '/v1/gate', query: '', headers, caller: undefined };
    const { status, body: text } = await gateRelease(deps, { ...request, body: JSON.stringify(body) });
    return { status, json: JSON.parse(text) };
  };
  return { send, asked };
}

const server = `apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: web-new, namespace: shop }
spec: { podSelector: {}, port: 9999 }
`;
const manifests = [{ file: 'shop/server.yaml', text: server }];

describe('a change', () => {
  test('is judged as described, with what of the configuration the verdict depends on', async () => {
    const { status, json } = await world().send({ manifests });
    expect(status).toBe(200);
    expect(OPERATIONS.gateRelease.answer.parse(json)).toEqual(json);
    expect(json).toMatchObject({
      cluster: 'prod',
      failOn: 'medium',
      unjudged: [],
      objects: { added: 1, changed: 0, unchanged: 0, removed: 0 },
    });
  });

  test('is judged by the calls of two weeks before the newest scan, or of the period asked for', async () => {
    const { send, asked } = world({ later: 10 * MINUTE });
    await send({ manifests });
    await send({ manifests, since: '2d', at: '2026-11-23T12:00:00Z', cluster: 'prod' });
    expect(asked).toEqual([
      { cluster: 'prod', since: NOON - 14 * DAY, at: NOON },
      { cluster: 'prod', since: NOON - 3 * DAY, at: NOON - DAY },
    ]);
  });

  test('deletes what only the state before it has, and with `full` what it leaves out', async () => {
    const policy = (name: string) => `apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: []
`;
    const stored = meshBeforePullRequests();
    const [known] = stored.objects.filter(({ kind, metadata }) => kind === 'Server' && metadata.namespace === 'shop');
    const base = [{ file: 'old.yaml', text: JSON.stringify(known) }];
    const one = await world().send({ manifests: [], base });
    expect(one.json.objects).toEqual({ added: 0, changed: 0, unchanged: 0, removed: 1 });
    const all = await world().send({ manifests: [{ file: 'p.yaml', text: policy('only') }], full: 'namespaces' });
    expect(all.json.objects.added).toBe(1);
    expect(all.json.objects.removed).toBeGreaterThan(5);
  });

  test('goes where it says when its manifests name no namespace', async () => {
    const text = server.replace(', namespace: shop', '');
    const { json } = await world().send({ manifests: [{ file: 'a.yaml', text }], namespace: 'shop' });
    expect(json.objects.added).toBe(1);
    const twice = await world().send({ manifests: [...manifests, { file: 'b.yaml', text }] });
    expect(twice.json.objects.added).toBe(2);
  });
});

describe('scans older than the deployment reads them', () => {
  test('leave the change unjudged, with the reason', async () => {
    const { json } = await world({ later: 16 * MINUTE }).send({ manifests });
    expect(json.unjudged).toEqual([
      'the newest scan of prod is of 2026-11-24T12:00:00Z, 16m ago: allowed are 15m. Scan again, or export it anew',
      'the newest traffic window of prod is of 2026-11-24T12:00:00Z, 16m ago: allowed are 15m. Scan again, or export it anew',
    ]);
  });

  test('may be allowed, and are as old as the instant asked about where one is', async () => {
    const { send } = world({ later: DAY });
    expect((await send({ manifests, allowStale: true })).json.unjudged).toEqual([]);
    expect((await send({ manifests, at: '2026-11-24T12:10:00Z' })).json.unjudged).toEqual([]);
    expect((await send({ manifests, at: '2026-11-24T12:20:00Z' })).json.unjudged).toHaveLength(2);
  });
});

describe('refused is', () => {
  test.each([
    ['what is no YAML', 'a: [', 'a.yaml:1: '],
    ['what is no object', 'kind: Server\nmetadata: { name: a }\n', 'a.yaml:1: '],
    ['a template', `---\nkind: A\n---\n${server.replace('9999', '{{ .port }}')}`, 'a.yaml:'],
    ['an object twice', `${server}---\n${server}`, 'a.yaml:6: Server shop/web-new is also at a.yaml:1'],
    ['nothing at all', '---\n', 'there is nothing to judge: the manifests hold no Kubernetes object'],
  ])('%s, with file and line, before the graph is asked', async (_, text, words) => {
    const { send, asked } = world();
    await expect(send({ manifests: [{ file: 'a.yaml', text }] })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(words),
    });
    expect(asked).toEqual([]);
  });

  test.each([
    [{ manifests, cluster: 'prd' }, 404, 'the graph knows no cluster "prd", only prod'],
    [{ manifests, full: 'all' }, 400, 'full: '],
    [{ manifests, colour: 'red' }, 400, 'unknown parameter colour'],
    [{ manifests: [{ file: 'a.yaml' }] }, 400, 'manifests.0.text: '],
    [{ manifests, since: 'yesterday' }, 400, 'an instant is written like'],
    [{}, 400, 'manifests: '],
  ])('%j with %i', async (body, status, words) => {
    await expect(world().send(body)).rejects.toMatchObject({ status, message: expect.stringContaining(words) });
  });

  test('more than a function can be handed, though more than other operations take', async () => {
    const long = (bytes: number) => [{ file: 'a.yaml', text: `${server}#${'x'.repeat(bytes)}` }];
    expect((await world().send({ manifests: long(5_900_000) })).status).toBe(200);
    const tooLong = world().send({ manifests: long(6_000_000) });
    await expect(tooLong).rejects.toMatchObject({ status: 413, message: expect.stringContaining('6000000') });
    const quotes = world().send({ manifests: [{ file: 'a.yaml', text: `${server}#${'"'.repeat(1_600_000)}` }] });
    await expect(quotes).rejects.toMatchObject({ status: 413 });
  });
});

test('a graph that is away is told as such', async () => {
  const readBaseline = () => Promise.reject(new UnavailableError('no answer from Neo4j'));
  await expect(world({ more: { readBaseline } }).send({ manifests })).rejects.toMatchObject({ status: 503 });
});

test('other operations are not answered here', async () => {
  const request = { method: 'GET', path: '/v1/health', query: '', headers: {}, body: undefined, caller: undefined };
  await expect(gateRelease({} as GateReleaseDeps, request)).rejects.toMatchObject({ status: 404 });
});
