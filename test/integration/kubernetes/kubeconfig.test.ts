import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { kubeconfigAccess } from '../../../cli/kubeconfig.ts';
import { kubernetesFetch } from '../../../shared/adapters/kubernetes-fetch.ts';
import { type RecordedApi, startRecordedApi } from './recorded-api-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'meshgraph-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));
let api: RecordedApi;
beforeEach(async () => {
  api = await startRecordedApi('final');
});
afterEach(() => api.stop());

function kubeconfig(name: string, user: object, server = api.url): string {
  const file = join(folder, `${name}.yaml`);
  const cluster = { server, 'insecure-skip-tls-verify': true };
  writeFileSync(
    file,
    stringify({
      'current-context': name,
      clusters: [{ name, cluster }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      users: [{ name, user }],
    }),
  );
  return file;
}

/** A login command as kubectl would run it. */
function plugin(name: string, script: string): object {
  const command = join(folder, name);
  writeFileSync(command, `#!/bin/sh\n${script}\n`);
  chmodSync(command, 0o755);
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' } };
}

async function authorizationSeen(access: ReturnType<typeof kubeconfigAccess>): Promise<string | undefined> {
  let seen: string | undefined;
  api.faults.push(({ request }) => {
    seen = request.headers.authorization;
    return undefined;
  });
  expect((await kubernetesFetch(access)('/version')).status).toBe(200);
  return seen;
}

describe('a kubeconfig', () => {
  test('reaches the cluster of its current context with its token', async () => {
    const access = kubeconfigAccess({}, { file: kubeconfig('east', { token: 'abc' }) });
    expect(access.server).toBe(api.url);
    expect(await authorizationSeen(access)).toBe('Bearer abc');
  });

  test('gets tokens from a login command', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'fresh' },
    };
    const user = plugin('login', `echo '${JSON.stringify(credential)}'`);
    expect(await authorizationSeen(kubeconfigAccess({}, { file: kubeconfig('eks', user) }))).toBe('Bearer fresh');
  });

  test('is found through KUBECONFIG, the contexts of its files together', async () => {
    const files = [kubeconfig('east', { token: 'e' }), kubeconfig('west', { token: 'w' })];
    const env = { KUBECONFIG: files.join(delimiter) };
    expect(await authorizationSeen(kubeconfigAccess(env))).toBe('Bearer e');
    expect(await authorizationSeen(kubeconfigAccess(env, { context: 'west' }))).toBe('Bearer w');
  });

  test('without the wanted context names those it has', () => {
    const file = kubeconfig('east', { token: 'abc' });
    expect(() => kubeconfigAccess({}, { file, context: 'prod' })).toThrow(`no context "prod" in ${file}: it has east`);
  });

  test('that is not there, or is not one, is told by its path', () => {
    expect(() => kubeconfigAccess({}, { file: '/nowhere/config' })).toThrow('no kubeconfig at /nowhere/config');
    expect(() => kubeconfigAccess({ HOME: folder })).toThrow(`no kubeconfig at ${join(folder, '.kube/config')}`);
    const file = join(folder, 'broken.yaml');
    writeFileSync(file, 'clusters: [{}]');
    expect(() => kubeconfigAccess({}, { file })).toThrow(`${file} is not a kubeconfig: clusters[0].name is missing`);
  });

  test('whose login command fails repeats what the command said', async () => {
    const user = plugin('expired', 'echo "the SSO session has expired, run aws sso login" >&2; exit 255');
    const fetch = kubernetesFetch(kubeconfigAccess({}, { file: kubeconfig('sso', user) }));
    await expect(fetch('/version')).rejects.toThrow(
      /login command ".*expired" of user sso: the SSO session has expired/,
    );
  });

  test('that is no YAML is refused without a line of it, for tokens stand in it', () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(file, 'users:\n- {name: u, user: {token: hunter2\n');
    expect(() => kubeconfigAccess({}, { file })).toThrow(/broken.yaml is not a kubeconfig: (?![\s\S]*hunter2)/);
  });

  test('does not send its credentials in the clear', () => {
    const file = kubeconfig('clear', { token: 'abc' });
    writeFileSync(file, readFileSync(file, 'utf8').replace('insecure-skip-tls-verify: true', ''));
    expect(() => kubeconfigAccess({}, { file })).toThrow(`in the clear to ${api.url}: give an https:// server`);
  });

  test('whose login command is not installed says which', async () => {
    const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws-not-here' } };
    const fetch = kubernetesFetch(kubeconfigAccess({}, { file: kubeconfig('none', user) }));
    await expect(fetch('/version')).rejects.toThrow(/login command "aws-not-here" of user none: it is not installed/);
  });
});
