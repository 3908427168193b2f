import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { kubernetesApi } from '../../../shared/adapters/kubernetes-api.ts';
import { kubernetesFetch, tokenAccess } from '../../../shared/adapters/kubernetes-fetch.ts';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../../shared/domain/errors.ts';
import type { Page } from '../../../shared/kubernetes/lister.ts';
import { RESOURCES } from '../../../shared/kubernetes/resources.ts';
import { type RecordedApi, startRecordedApi, statusReply } from './recorded-api-server.ts';

const PODS = RESOURCES.find(({ id }) => id === 'pods')!;
let api: RecordedApi | undefined;
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

async function pages(iterable: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of iterable) all.push(page);
  return all;
}

const plain = (url: string) => kubernetesFetch({ server: url, credentials: async () => ({}) });

describe('the Kubernetes API', () => {
  test('is listed page by page until no continue token comes', async () => {
    api = await startRecordedApi('large');
    const read = await pages(kubernetesApi(plain(api.url), { pageSize: 60 }).list(PODS, 'v1'));
    expect(read.map(({ items }) => items.length)).toEqual([60, 60, 60, 18]);
    const names = read.flatMap(({ items }) => items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
    const recorded = api.answers.get('v1_pods')!.items;
    expect(names).toEqual(recorded.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
    expect(new Set(read.map(({ resourceVersion }) => resourceVersion)).size).toBe(1);
  });

  test('offers of each kind the newest version meshgraph knows', async () => {
    api = await startRecordedApi('final');
    const { kubernetesVersion, resources } = await kubernetesApi(plain(api.url)).discover();
    expect(kubernetesVersion).toBe('v1.36.3');
    expect(resources['httproutes.policy.linkerd.io']).toEqual({
      status: 'served',
      apiVersion: 'policy.linkerd.io/v1beta3',
    });
    expect(resources['tcproutes.gateway.networking.k8s.io']).toEqual({
      status: 'served',
      apiVersion: 'gateway.networking.k8s.io/v1alpha2',
    });
    expect(resources['links.multicluster.linkerd.io']).toEqual({ status: 'absent' });
    expect(api.requests.length).toBeLessThan(25);
  });

  test('is given the time it asks for with Retry-After', async () => {
    api = await startRecordedApi('final');
    let times = 0;
    const slow = statusReply(429, 'TooManyRequests', 'slow down', { 'retry-after': '1' });
    api.faults.push(() => (++times === 1 ? slow : undefined));
    const before = performance.now();
    await pages(kubernetesApi(plain(api.url)).list(PODS, 'v1'));
    expect(performance.now() - before).toBeGreaterThan(990);
  });

  test('answers in gzip, and an answer that breaks off inside is noticed', async () => {
    api = await startRecordedApi('final');
    const response = await plain(api.url)('/version');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.json()).toMatchObject({ gitVersion: 'v1.36.3' });
    api.faults.push(() => ({ status: 200, body: api?.answers.get('v1_pods') ?? {}, cut: true }));
    const reading = pages(kubernetesApi(plain(api.url), { attempts: 1 }).list(PODS, 'v1'));
    await expect(reading).rejects.toThrow('the answer to GET /api/v1/pods?limit=500 broke off');
  });

  test.each([
    [403, 'Forbidden', ForbiddenError],
    [404, 'NotFound', NotFoundError],
  ])('that answers %i says so with its own message', async (code, reason, expected) => {
    api = await startRecordedApi('final');
    api.faults.push(() => statusReply(code, reason, 'its own words'));
    const reading = pages(kubernetesApi(plain(api.url)).list(PODS, 'v1'));
    await expect(reading).rejects.toThrow(expected);
    await expect(reading).rejects.toThrow(/its own words/);
  });

  test('is not followed to another address', async () => {
    api = await startRecordedApi('final');
    const headers = { location: 'https://login.example/' };
    api.faults.push(() => ({ status: 302, body: '', headers }));
    await expect(kubernetesApi(plain(api.url)).discover()).rejects.toThrow(/redirected to https:\/\/login.example\//);
  });

  test('needs a URL', () => {
    expect(() => plain('cluster-one')).toThrow(InvalidInputError);
  });

  test('that is a fake notices when Secrets are asked for', async () => {
    const strict = await startRecordedApi('final');
    await plain(strict.url)('/api/v1/secrets?limit=1');
    await expect(strict.stop()).rejects.toThrow('Secrets were asked for: /api/v1/secrets');
  });
});

describe('the Kubernetes API over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meshgraph-tls-'));
  const file = (name: string) => join(folder, name);
  const pem = (name: string) => readFileSync(file(name), 'utf8');
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

  beforeAll(() => {
    openssl(
      'req',
      '-x509',
      ...key,
      '-subj',
      '/CN=cluster CA',
      '-days',
      '2',
      '-keyout',
      file('ca.key'),
      '-out',
      file('ca.crt'),
    );
    writeFileSync(file('server.ext'), 'subjectAltName=IP:127.0.0.1');
    for (const [name, subject] of [
      ['server', '/CN=kube-apiserver'],
      ['client', '/O=readers/CN=meshgraph'],
    ] as const) {
      openssl('req', ...key, '-subj', subject, '-keyout', file(`${name}.key`), '-out', file(`${name}.csr`));
      const extensions = name === 'server' ? ['-extfile', file('server.ext')] : [];
      openssl(
        'x509',
        '-req',
        '-in',
        file(`${name}.csr`),
        '-CA',
        file('ca.crt'),
        '-CAkey',
        file('ca.key'),
        '-CAcreateserial',
        '-days',
        '2',
        '-out',
        file(`${name}.crt`),
        ...extensions,
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const start = () =>
    startRecordedApi('final', {
      tls: {
        key: pem('server.key'),
        cert: pem('server.crt'),
        ca: pem('ca.crt'),
        requestCert: true,
        rejectUnauthorized: false,
      },
    });

  test('is trusted through its own CA and sent a fresh bearer token each time', async () => {
    api = await start();
    const seen: (string | undefined)[] = [];
    api.faults.push(({ request }) => {
      seen.push(request.headers.authorization);
      return undefined;
    });
    let issued = 0;
    const fetch = kubernetesFetch(tokenAccess(api.url, pem('ca.crt'), async () => `token-${++issued}`));
    await kubernetesApi(fetch).discover();
    expect(seen.slice(0, 2)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('is shown a client certificate', async () => {
    api = await start();
    let subject: unknown;
    api.faults.push(({ request }: { request: IncomingMessage }) => {
      subject = (request.socket as TLSSocket).getPeerCertificate().subject;
      return undefined;
    });
    const credentials = async () => ({ ca: pem('ca.crt'), cert: pem('client.crt'), key: pem('client.key') });
    await kubernetesFetch({ server: api.url, credentials })('/version');
    expect(subject).toMatchObject({ O: 'readers', CN: 'meshgraph' });
  });

  test('is refused when an unknown CA signed it', async () => {
    api = await start();
    await expect(plain(api.url)('/version')).rejects.toThrow(/does not verify .* give the CA that signed it/);
  });
});

test('a token that is a whole document is the fault of the secret, not of the server, and is not shown', async () => {
  const access = tokenAccess('http://127.0.0.1:1', undefined, async () => '{\n  "token": "abc"\n}');
  const error = await kubernetesFetch(access)('/version').catch((caught: Error) => caught);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ message: expect.stringContaining('Name its key in the secret') });
  expect(`${(error as Error).message} ${(error as Error).cause}`).not.toContain('abc');
});

test('a server that nothing leads to is told soon, and with what to do', async () => {
  // Takes connections and never speaks TLS: from the outside like packets that are dropped.
  const silent = createNetServer((socket) => socket.resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const fetch = kubernetesFetch({
    server: `https://127.0.0.1:${port}`,
    credentials: async () => ({}),
    connectMs: 100,
    ifUnreachable: 'Set aws.vpc.',
  });
  await expect(fetch('/version')).rejects.toThrow(
    `no answer from the Kubernetes API server https://127.0.0.1:${port} (no connection within 0.1 s): is the address right and reachable from here? Set aws.vpc.`,
  );
  await new Promise((resolve) => silent.close(resolve));
});
