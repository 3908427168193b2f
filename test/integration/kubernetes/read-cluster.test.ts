import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCluster } from '../../../functions/read-cluster/read-cluster.ts';
import { kubernetesApi } from '../../../shared/adapters/kubernetes-api.ts';
import { kubernetesFetch } from '../../../shared/adapters/kubernetes-fetch.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { ForbiddenError, UnavailableError } from '../../../shared/domain/errors.ts';
import { type ClusterObservation, clusterObservation } from '../../../shared/domain/observation.ts';
import { FAMILIES, type Family } from '../../../shared/kubernetes/families.ts';
import { RESOURCES } from '../../../shared/kubernetes/resources.ts';
import { type RecordedApi, startRecordedApi, statusReply } from './recorded-api-server.ts';

const AT = Date.parse('2026-11-23T18:00:00Z');
let api: RecordedApi;

beforeEach(async () => {
  api = await startRecordedApi('final');
});
afterEach(() => api.stop());

function read(options: { pageSize?: number; attempts?: number } = {}): Promise<ClusterObservation> {
  const access = { server: api.url, credentials: async () => ({}) };
  const list = kubernetesApi(kubernetesFetch(access), { longestWaitMs: 20, ...options });
  return readCluster({ list, now: () => AT }, { cluster: 'east', entityModel: entityModelSchema.parse({}) });
}

const isList = (url: URL, plural: string) => url.pathname.endsWith(`/${plural}`) && url.searchParams.has('limit');
const listPath = ({ group, plural }: { group: string; plural: string }) =>
  new RegExp(group ? `^/apis/${group}/[^/]+/${plural}$` : `^/api/v1/${plural}$`);

/** The facts of the families that do not need a kind: what must be left when that kind cannot be read. */
function without(whole: ClusterObservation, kind: string) {
  const stands = ({ family }: { family: string }) => !(FAMILIES[family as Family] as readonly string[]).includes(kind);
  return { entities: whole.entities.filter(stands), relations: whole.relations.filter(stands) };
}

describe('a cluster that answers everything', () => {
  test('yields a valid observation that covers every family', async () => {
    const observation = await read();
    expect(clusterObservation.parse(observation)).toEqual(observation);
    expect(observation.coverage.families).toEqual(Object.keys(FAMILIES).sort());
    expect(observation.coverage.notes).toEqual([]);
    expect(observation.coverage.kinds['servers.policy.linkerd.io']).toMatchObject({
      status: 'complete',
      objects: 6,
      apiVersion: 'policy.linkerd.io/v1beta3',
    });
  });

  test('takes a kind the server does not serve as none of it', async () => {
    const { coverage } = await read();
    expect(coverage.kinds['links.multicluster.linkerd.io']).toEqual({ status: 'absent', objects: 0 });
    expect(coverage.families).toContain('services/links');
  });

  test('gives the same facts whatever the page size', async () => {
    const whole = await read();
    const paged = await read({ pageSize: 3 });
    expect(paged.entities).toEqual(whole.entities);
    expect(paged.relations).toEqual(whole.relations);
    expect(api.requests.filter((path) => path.startsWith('/api/v1/pods?')).length).toBe(1 + Math.ceil(19 / 3));
  });

  test('gives an object that is gone from the second scan no place in it, and closes the family it was of', async () => {
    const before = await read();
    const pods = api.answers.get('v1_pods')!;
    pods.items = pods.items.filter(({ metadata }) => metadata.name !== 'mysql-0');
    const after = await read();
    const gone = before.entities.filter(({ key }) => !after.entities.some((entity) => entity.key === key));
    expect(gone.map(({ key }) => key)).toEqual(['east/books/Pod/mysql-0']);
    expect(after.coverage.families).toContain(gone[0]!.family);
  });
});

describe('a kind that cannot be read', () => {
  test.each(RESOURCES.filter(({ id }) => id !== 'links.multicluster.linkerd.io'))(
    '$id: 403 leaves its families uncovered and every other fact as it was',
    async (resource) => {
      const whole = await read();
      const said = `${resource.plural} is forbidden: User "reader" cannot list resource "${resource.plural}"`;
      api.faults.push(({ url }) =>
        listPath(resource).test(url.pathname) ? statusReply(403, 'Forbidden', said) : undefined,
      );
      const partial = await read();
      expect(partial.coverage.kinds[resource.id]).toMatchObject({ status: 'forbidden', objects: 0 });
      expect(partial.coverage.notes.join()).toContain(said);
      for (const family of partial.coverage.families) expect(FAMILIES[family as Family]).not.toContain(resource.id);
      const left = without(whole, resource.id);
      expect(partial.entities).toEqual(left.entities);
      expect(partial.relations).toEqual(left.relations);
      expect(partial.entities.length).toBeLessThan(whole.entities.length + 1);
    },
  );

  test('403 on the control plane’s ConfigMap leaves identities unknown, not gone', async () => {
    const whole = await read();
    api.faults.push(({ url }) =>
      url.pathname.endsWith('/linkerd-config') ? statusReply(403, 'Forbidden', 'no') : undefined,
    );
    const partial = await read();
    const left = without(whole, 'configmaps/linkerd-config');
    expect(partial.coverage.families).not.toContain('identities');
    expect(partial.entities).toEqual(left.entities);
    expect(partial.relations).toEqual(left.relations);
  });

  test('a second page that fails for good makes half a list worth nothing', async () => {
    api.faults.push(({ url, page }) =>
      isList(url, 'pods') && page === 2 ? statusReply(500, 'InternalError', 'etcd timed out') : undefined,
    );
    const partial = await read({ pageSize: 5, attempts: 2 });
    expect(partial.coverage.kinds.pods).toMatchObject({ status: 'failed', objects: 0 });
    expect(partial.coverage.kinds.pods?.message).toContain('etcd timed out');
    expect(partial.entities.filter(({ label }) => label === 'Pod' || label === 'Workload')).toEqual([]);
    expect(partial.coverage.families).not.toContain('pods');
    expect(partial.coverage.families).toContain('services');
  });

  test('a group whose discovery fails is unread, not absent', async () => {
    api.faults.push(({ url }) =>
      url.pathname === '/apis/policy.linkerd.io/v1beta3' ? statusReply(503, 'ServiceUnavailable', 'no') : undefined,
    );
    const { coverage } = await read({ attempts: 1 });
    expect(coverage.kinds['servers.policy.linkerd.io']?.status).toBe('failed');
    expect(coverage.families).not.toContain('servers.policy.linkerd.io');
  });

  test.each([
    ['list', /^\/apis\/policy\.linkerd\.io\/v1beta3\/servers$/],
    ['version', /^\/apis\/policy\.linkerd\.io\/v1beta3$/],
  ])('a %s that is not found though discovery has just named it is unread, not absent', async (_, path) => {
    api.faults.push(({ url }) =>
      path.test(url.pathname) ? { status: 404, body: '404 page not found', headers: {} } : undefined,
    );
    const { coverage } = await read({ attempts: 1 });
    expect(coverage.kinds['servers.policy.linkerd.io']?.status).toBe('failed');
    expect(coverage.families).not.toContain('servers.policy.linkerd.io');
    expect(coverage.families).toContain('services');
  });

  test('a version too new for us is unread, not absent', async () => {
    const name = 'policy.linkerd.io_v1alpha1_egressnetworks';
    api.answers.set('policy.linkerd.io_v2_egressnetworks', api.answers.get(name)!);
    api.answers.delete(name);
    const groups = (api.answers.get('_apis') as unknown as { groups: { name: string; versions: object[] }[] }).groups;
    groups.find((group) => group.name === 'policy.linkerd.io')!.versions.unshift({ version: 'v2' });
    const { coverage } = await read();
    expect(coverage.kinds['egressnetworks.policy.linkerd.io']).toMatchObject({
      status: 'failed',
      message: 'the server has egressnetworks only as policy.linkerd.io/v2; meshgraph knows v1alpha1',
    });
  });
});

describe('a list that stumbles', () => {
  test('starts again without what it had read when its snapshot expires (410), and ends complete', async () => {
    const whole = await read();
    const gone = statusReply(410, 'Expired', 'The provided continue parameter is too old');
    let times = 0;
    api.faults.push(({ url, page }) => (isList(url, 'pods') && page === 3 && ++times <= 2 ? gone : undefined));
    const again = await read({ pageSize: 5 });
    expect(times).toBeGreaterThan(2);
    expect(again.entities).toEqual(whole.entities);
    expect(again.coverage.kinds.pods).toMatchObject({ status: 'complete', objects: 19 });
  });

  test('that expires every time is failed after three attempts', async () => {
    const gone = statusReply(410, 'Expired', 'too old');
    api.faults.push(({ url, page }) => (isList(url, 'pods') && page === 2 ? gone : undefined));
    const { coverage } = await read({ pageSize: 5 });
    expect(coverage.kinds.pods?.status).toBe('failed');
    expect(api.requests.filter((path) => path === '/api/v1/pods?limit=5')).toHaveLength(3);
  });

  test.each([
    ['429 with Retry-After', statusReply(429, 'TooManyRequests', 'slow down', { 'retry-after': '1' })],
    ['503', statusReply(503, 'ServiceUnavailable', 'starting')],
    ['an answer that breaks off', { status: 200, body: { items: [] }, cut: true }],
    ['truncated JSON', { status: 200, body: '{"kind":"PodList","items":[{"meta' }],
  ])('%s once is waited for', async (_, reply) => {
    let times = 0;
    api.faults.push(({ url }) => (isList(url, 'pods') && ++times === 1 ? reply : undefined));
    const { coverage } = await read();
    expect(times).toBe(2);
    expect(coverage.kinds.pods).toMatchObject({ status: 'complete', objects: 19 });
  });

  test('truncated JSON for good is a failed kind', async () => {
    const reply = { status: 200, body: '{"kind":"PodList","items":[{"meta' };
    api.faults.push(({ url }) => (isList(url, 'pods') ? reply : undefined));
    const { coverage } = await read({ attempts: 2 });
    expect(coverage.kinds.pods).toMatchObject({ status: 'failed' });
    expect(coverage.kinds.pods?.message).toContain('broken JSON');
  });
});

describe('a cluster that does not let us in', () => {
  test('401 in the middle ends the scan with what to do', async () => {
    api.faults.push(({ url }) => (isList(url, 'pods') ? statusReply(401, 'Unauthorized', 'Unauthorized') : undefined));
    await expect(read()).rejects.toThrow(ForbiddenError);
    await expect(read()).rejects.toThrow(/does not accept the credentials .* log in again/);
  });

  test('a login page is not a Kubernetes API', async () => {
    const page = { status: 200, body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } };
    api.faults.push(() => page);
    await expect(read()).rejects.toThrow('expected JSON from the Kubernetes API for GET /version, got text/html');
  });

  test('a server that is not there is unavailable', async () => {
    const list = kubernetesApi(kubernetesFetch({ server: 'http://127.0.0.1:1', credentials: async () => ({}) }), {
      attempts: 1,
    });
    const input = { cluster: 'east', entityModel: entityModelSchema.parse({}) };
    const reading = readCluster({ list, now: () => AT }, input);
    await expect(reading).rejects.toThrow(UnavailableError);
    await expect(reading).rejects.toThrow(
      /no answer from the Kubernetes API server http:\/\/127.0.0.1:1 .*ECONNREFUSED/,
    );
  });
});
