import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { connectCluster } from '../../../shared/sources/live-cluster.ts';
import { serverIdentity } from '../../recorded-cluster/own-authority.ts';

const manager = mockClient(SecretsManagerClient);
const stops: (() => unknown)[] = [];
afterEach(async () => {
  manager.reset();
  for (const stop of stops.splice(0)) await stop();
});

const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
const holds = (name: string, SecretString: string) =>
  manager.on(GetSecretValueCommand, { SecretId: arn(name) }).resolves({ SecretString });

type Server = { readonly url: string; readonly came: unknown[] };

/** A Prometheus that answers everybody, and notes what `look` sees of each request. */
async function start(look: (request: Parameters<RequestListener>[0]) => unknown, tls?: object): Promise<Server> {
  const came: unknown[] = [];
  const answer: RequestListener = (request, response) => {
    came.push(look(request));
    request.resume();
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"status":"success","data":{"resultType":"vector","result":[]}}');
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as { port: number };
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, came };
}

async function queryWith(prometheus: object, env: Record<string, string> = {}): Promise<void> {
  const text = JSON.stringify({ clusters: [{ name: 'a', prometheus }] });
  const [cluster] = parseConfiguration(text, 'meshgraph.yaml', CHECKS).clusters;
  await connectCluster({ env, now: Date.now }, cluster!).query('up', 0);
}

describe('a Prometheus by URL', () => {
  test('is told user and password, or a token, from AWS Secrets Manager or the environment', async () => {
    const { url, came } = await start(({ headers }) => headers.authorization);
    holds('login', '{"password": "geheim"}');
    const password = { secret: arn('login'), key: 'password' };
    await queryWith({ url, auth: { type: 'basic', username: 'mesh', password } });
    await queryWith({ url, auth: { type: 'bearer', token: { env: 'TOKEN' } } }, { TOKEN: 'abc' });
    await queryWith({ url });
    expect(came).toEqual([`Basic ${Buffer.from('mesh:geheim').toString('base64')}`, 'Bearer abc', undefined]);
  });

  test('is shown a client certificate that is in AWS Secrets Manager, and known by a CA that is in the file', async () => {
    const server = serverIdentity();
    const client = serverIdentity();
    const tls = { cert: server.cert, key: server.key, requestCert: true, rejectUnauthorized: false };
    const { url, came } = await start(({ socket }) => (socket as TLSSocket).getPeerX509Certificate()?.toString(), tls);
    holds('certificate', client.cert);
    holds('key', client.key);
    const auth = {
      type: 'clientCertificate',
      certFile: { secret: arn('certificate') },
      keyFile: { secret: arn('key') },
    };
    await queryWith({ url, ca: server.ca, auth });
    expect(came).toEqual([client.cert]);
    await expect(queryWith({ url, auth })).rejects.toThrow(/is not trusted .*name its CA in prometheus\.caFile/);
  });
});
