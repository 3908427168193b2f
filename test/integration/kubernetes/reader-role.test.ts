import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readCluster } from '../../../functions/read-cluster/read-cluster.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { RESOURCES } from '../../../shared/kubernetes/resources.ts';
import { connectCluster } from '../../../shared/sources/live-cluster.ts';

const ALL = 'every authenticated user may (system:discovery)';

/** One request as the API server's authorizer sees it: verb, group, resource with subresource, namespace, name. */
function attributesOf(method: string, path: string): string {
  const { pathname } = new URL(path, 'http://any');
  if (/^\/(version|api|apis)$/.test(pathname) || /^\/(api\/[^/]+|apis\/[^/]+\/[^/]+)$/.test(pathname)) return ALL;
  const [, group = '', rest = ''] = /^\/(?:api|apis\/([^/]+))\/[^/]+\/(.+)$/.exec(pathname) ?? [];
  const [, namespace = '', below = rest] = /^namespaces\/([^/]+)\/(.+)$/.exec(rest) ?? [];
  const [resource = '', name = '', subresource] = below.split('/');
  const verb = method === 'GET' ? (name === '' ? 'list' : 'get') : method.toLowerCase();
  return [verb, group, subresource === undefined ? resource : `${resource}/${subresource}`, namespace, name].join(' ');
}

type Rule = { apiGroups: string[]; resources: string[]; resourceNames?: string[]; verbs: string[] };
type Role = { kind: string; metadata: { namespace?: string }; rules: Rule[] };

/** The same words for all that the roles of a manifest allow. */
function allowedBy(yaml: string): string[] {
  const roles = parseAllDocuments(yaml).map((document) => document.toJS() as Role);
  return roles
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap(({ metadata: { namespace = '' }, rules }) =>
      rules.flatMap(({ apiGroups, resources, resourceNames = [''], verbs }) =>
        verbs.flatMap((verb) =>
          apiGroups.flatMap((group) =>
            resources.flatMap((resource) =>
              resourceNames.map((name) => [verb, group, resource, namespace, name].join(' ')),
            ),
          ),
        ),
      ),
    );
}

/** An API server that has every kind meshgraph knows, each empty, and a Prometheus; it notes what is asked of it. */
function recordingServer(requests: string[]): Server {
  return createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push(attributesOf(method, url));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer(new URL(url, 'http://any').pathname)));
  });
}

function answer(path: string): object {
  if (path === '/version') return { gitVersion: 'v1.33.0' };
  if (path === '/api') return { versions: ['v1'] };
  if (path === '/apis') {
    const groups = Map.groupBy(
      RESOURCES.filter(({ group }) => group !== ''),
      ({ group }) => group,
    );
    return {
      groups: [...groups].map(([name, kinds]) => ({
        name,
        versions: [...new Set(kinds.flatMap(({ versions }) => versions))].map((version) => ({ version })),
      })),
    };
  }
  const resources = /^\/(?:api|apis\/([^/]+))\/[^/]+$/.exec(path);
  if (resources) {
    const kinds = RESOURCES.filter(({ group }) => group === (resources[1] ?? ''));
    return { resources: kinds.map(({ plural }) => ({ name: plural })) };
  }
  if (path.includes('/proxy/')) return { status: 'success', data: { resultType: 'vector', result: [] } };
  if (path.includes('/configmaps/')) return { metadata: { name: 'c' }, data: {} };
  return { metadata: { resourceVersion: '1' }, items: [] };
}

describe('the roles that are shipped', () => {
  const requests: string[] = [];
  const server = recordingServer(requests);
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => server.close());

  test('allow what a reader asks of the API server, and not one thing more', async () => {
    const text = JSON.stringify({ clusters: [{ name: 'a', kubernetes: { server: url, token: { env: 'TOKEN' } } }] });
    const { clusters, entityModel } = parseConfiguration(text, 'meshgraph.yaml', CHECKS);
    const live = connectCluster({ env: { TOKEN: 't' }, now: Date.now }, clusters[0]!);
    const { coverage } = await readCluster({ list: await live.lister(), now: Date.now }, { cluster: 'a', entityModel });
    await live.query('up', Date.now());
    expect(coverage.notes).toEqual([]);
    const asked = new Set(requests.filter((one) => one !== ALL));
    const shipped = readFileSync(join(import.meta.dirname, '../../../docs/kubernetes/meshgraph-reader.yaml'), 'utf8');
    expect([...asked].sort()).toEqual(allowedBy(shipped).sort());
    expect(asked.size).toBe(RESOURCES.length + 2 + 1);
  });
});
