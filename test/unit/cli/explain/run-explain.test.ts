import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { type CommandRun, runCommand } from '../../../run-command.ts';
import { deployment } from '../../linkerd/explain/mesh.ts';
import {
  admits,
  identities,
  identityOf,
  meshTls,
  namespace,
  server,
  theServer,
  webPod,
} from '../../linkerd/policy/objects.ts';

const mesh = [
  namespace({ 'linkerd.io/inject': 'enabled' }),
  webPod(),
  deployment('cart'),
  deployment('friend'),
  server('web-http'),
  admits('web-admits', theServer('web-http'), meshTls('friends')),
  identities('friends', identityOf('friend')),
];
let cwd: string;
const yaml = (objects: readonly PolicyObject[]) => objects.map((one) => stringify(one)).join('---\n');
const explain = (...args: string[]): Promise<CommandRun> => runCommand(['explain', ...args], { cwd });

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'meshgraph-explain-'));
  await mkdir(join(cwd, 'mesh/policy'), { recursive: true });
  await mkdir(join(cwd, 'empty'));
  await writeFile(join(cwd, 'mesh/apps.yaml'), yaml(mesh.slice(0, 4)));
  await writeFile(
    join(cwd, 'mesh/policy/web.json'),
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: mesh.slice(4) }),
  );
  await writeFile(join(cwd, 'mesh/README.md'), 'not a manifest: {{');
  await writeFile(join(cwd, 'twice.yaml'), yaml([webPod(), webPod()]));
  await writeFile(join(cwd, 'broken.yaml'), 'kind: [\n');
  await writeFile(join(cwd, 'template.yaml'), '{{- range .Values.pods }}\n');
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

describe('meshgraph explain on manifests', () => {
  it('tells on one screen what is denied, why, and what would turn it', async () => {
    const { out, err, code } = await explain('shop/cart', 'shop/web', '--port', '8080', '--manifests', 'mesh');
    expect([code, err]).toEqual([1, '']);
    expect(out.split('\n').slice(0, 7)).toEqual([
      'shop/cart → shop/web',
      '',
      '× port 8080 (http): denied with 403',
      '  because: no authorization matches',
      '  server: Server shop/web-http: it selects the pod and its port http',
      `  failed: AuthorizationPolicy web-admits: identity ${identityOf('cart')} is not among [${identityOf('friend')}]`,
      '  note: taken for HTTP, since the protocol is detected: say --protocol if it is another',
    ]);
    expect(out).toContain(`to have it allowed: add ${identityOf('cart')} to MeshTLSAuthentication shop/friends\n`);
    expect(out.split('\n').length).toBeLessThan(24);
  });

  it('has stable names in JSON, at the top those of the answer that decides the exit code', async () => {
    const { out, code } = await explain('shop/cart', 'shop/web', '--manifests', 'mesh', '-o', 'json');
    const told = JSON.parse(out);
    expect(code).toBe(1);
    expect(told).toMatchObject({
      cluster: null,
      at: null,
      from: 'shop/cart',
      to: 'shop/web',
      verdict: 'denied',
      status: 403,
      port: 8080,
      server: { kind: 'Server', namespace: 'shop', name: 'web-http' },
      route: { kind: 'default', name: 'default' },
      authorizations: [],
      failed: [
        { authorization: { kind: 'AuthorizationPolicy', namespace: 'shop', name: 'web-admits' }, clause: 'identity' },
      ],
      observed: null,
      change: { turns: 'allowed', changed: [{ kind: 'MeshTLSAuthentication' }], made: [] },
    });
    expect(told.answers.map((one: { port: number; verdict: string }) => [one.port, one.verdict])).toEqual([
      [8080, 'denied'],
      [9000, 'allowed'],
    ]);
  });

  it('ends with 0 for what passes, and with 2 for what nobody can tell', async () => {
    expect((await explain('shop/friend', 'shop/web', '--port', 'http', '--manifests', 'mesh')).code).toBe(0);
    expect((await explain('shop/web', 'shop/cart', '--port', '80', '--manifests', 'mesh/policy')).code).toBe(2);
    const unknown = await explain('shop/friend', 'ip:10.9.9.9', '--port', '80', '--manifests', 'mesh');
    expect([unknown.code, unknown.out]).toEqual([2, expect.stringContaining('‼ port 80 (http): unknown')]);
  });

  it('reads files anywhere below a directory, or a single one', async () => {
    const { code, out } = await explain('shop/cart', 'shop/web', '--port', 'http', '--manifests', 'mesh/apps.yaml');
    expect([code, out]).toEqual([0, expect.stringContaining('no Server has port 8080')]);
  });

  it.each([
    [['shop/crat', 'shop/web', '--manifests', 'mesh'], 'did you mean shop/cart?'],
    [['shop/cart', 'shop/web', '--port', '99', '--manifests', 'mesh'], 'shop/web has no port 99'],
    [
      ['identity:x.y.z', 'shop/web', '--manifests', 'mesh'],
      'no workload of this set of manifests carries the identity "x.y.z"',
    ],
    [['shop/cart', 'shop/web', '--manifests', 'empty'], 'there is no Kubernetes object in empty'],
    [['shop/cart', 'shop/web', '--manifests', 'nowhere'], 'there is no file or directory'],
    [['shop/cart', 'shop/web', '--manifests', 'twice.yaml'], /twice\.yaml:\d+: Pod shop\/web is also at twice\.yaml:1/],
    [['shop/cart', 'shop/web', '--manifests', 'broken.yaml'], 'broken.yaml:2: not YAML'],
    [['shop/cart', 'shop/web', '--manifests', 'template.yaml'], 'template.yaml:1: a template that was not rendered'],
    [['shop/cart', 'shop/web', '--bundle', 'nowhere.gz'], 'there is no bundle nowhere.gz'],
    [['shop/cart', 'shop/web', '--manifests', 'mesh', '--at', 'now'], 'cannot be used with'],
  ])('refuses %j with a sentence and exit code 2', async (args, message) => {
    const { err, out, code } = await explain(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  it('names its exit codes in its help', async () => {
    expect((await explain('--help')).out).toContain('Exit codes: 0 the call passes');
  });
});

describe('meshgraph explain on a bundle', () => {
  const bundle = ['--bundle', join(import.meta.dirname, '../../../../demo/recorded-mesh.bundle.gz')];

  it('judges its snapshot of the instant asked for: before the recorded change of policy, and after', async () => {
    const before = await explain('batch/reports', 'emojivoto/voting', '--at', '2026-11-23T17:54:30Z', ...bundle);
    expect([before.code, before.out]).toEqual([1, expect.stringContaining('port 8080 (grpc): denied with 403')]);
    const after = await explain('batch/reports', 'emojivoto/voting', ...bundle);
    expect([after.code, after.out]).toEqual([
      0,
      expect.stringContaining('admitted by: AuthorizationPolicy emojivoto/voting-allow-web'),
    ]);
  });

  it('refuses another cluster, and an instant before its first snapshot', async () => {
    expect((await explain('a/b', 'c/d', '--cluster', 'other', ...bundle)).err).toContain(
      'is of cluster demo, not other',
    );
    expect((await explain('a/b', 'c/d', '--at', '2026-11-23T17:00:00Z', ...bundle)).err).toContain(
      'holds no snapshot up to',
    );
  });
});
