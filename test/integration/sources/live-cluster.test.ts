import { type AddressInfo, createServer } from 'node:net';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readCluster } from '../../../functions/read-cluster/read-cluster.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { InvalidInputError } from '../../../shared/domain/errors.ts';
import { CredentialsRefusedError } from '../../../shared/kubernetes/lister.ts';
import { connectCluster } from '../../../shared/sources/live-cluster.ts';
import { type RecordedCluster, startRecordedCluster } from '../../recorded-cluster/recorded-cluster.ts';
import { verifySignature } from '../../signature-v4.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const eks = mockClient(EKSClient);
const manager = mockClient(SecretsManagerClient);

/** As EKS does: the token is a signed question to STS who its bearer is, and names this cluster. */
function isTokenFor(cluster: string, token: string): boolean {
  const url = new URL(Buffer.from(token.replace(/^k8s-aws-v1\./, ''), 'base64url').toString());
  const request = { method: 'GET', url: url.pathname + url.search, body: '' };
  const headers = { host: url.host, 'x-k8s-aws-id': cluster };
  return verifySignature({ ...request, headers }, () => SECRET).valid;
}

const clusterOf = (yaml: string) => {
  const configuration = parseConfiguration(`aws: {region: eu-central-1}\nclusters: [${yaml}]`, 'm.yaml', CHECKS);
  return { cluster: configuration.clusters[0]!, entityModel: configuration.entityModel };
};

describe('the sources of a configured cluster', () => {
  let recorded: RecordedCluster;
  beforeAll(async () => {
    recorded = await startRecordedCluster({
      endAt: Date.now() - 60_000,
      accepts: (token) => token.startsWith('k8s-aws-v1.') && isTokenFor('prod', token),
    });
  });
  afterAll(() => recorded?.stop());
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
  });
  afterEach(() => {
    eks.reset();
    manager.reset();
    vi.unstubAllEnvs();
  });

  const describeAs = (name: string) =>
    eks.on(DescribeClusterCommand, { name }).resolves({
      cluster: {
        endpoint: recorded.apiServer.url,
        certificateAuthority: { data: Buffer.from(recorded.apiServer.ca).toString('base64') },
        accessConfig: { authenticationMode: 'CONFIG_MAP' },
      },
    });

  test('of EKS are reached by name: its objects, and its Prometheus through it', async () => {
    describeAs('prod');
    const { cluster, entityModel } = clusterOf('{name: a, kubernetes: {eks: prod}}');
    const live = connectCluster({ env: {}, now: Date.now }, cluster);
    const observation = await readCluster({ list: await live.lister(), now: Date.now }, { cluster: 'a', entityModel });
    expect(observation.coverage.notes).toEqual([]);
    expect(observation.entities.filter(({ label }) => label === 'Pod').length).toBeGreaterThan(10);
    const { series } = await live.query('count(up{job="linkerd-proxy"})', recorded.window.to - 1_000);
    expect(series[0]?.values[0]).toBeGreaterThan(10);
    expect(eks.commandCalls(DescribeClusterCommand)).toHaveLength(1);
  });

  test('of EKS are described again after a quarter of an hour, and after a failure', async () => {
    describeAs('prod');
    let now = Date.now();
    const live = connectCluster({ env: {}, now: () => now }, clusterOf('{name: a, kubernetes: {eks: prod}}').cluster);
    await live.lister();
    now += 15 * 60_000 - 1;
    await live.lister();
    expect(eks.commandCalls(DescribeClusterCommand)).toHaveLength(1);
    now += 1;
    eks.on(DescribeClusterCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    await expect(live.lister()).rejects.toThrow(/ThrottlingException/);
    describeAs('prod');
    await live.lister();
    expect(eks.commandCalls(DescribeClusterCommand)).toHaveLength(3);
  });

  test('of EKS that knows no access entry for us is told with what to do', async () => {
    describeAs('other');
    const { cluster } = clusterOf('{name: a, kubernetes: {eks: other}}');
    const lister = await connectCluster({ env: {}, now: Date.now }, cluster).lister();
    const error = await lister.discover().catch((reason) => reason);
    expect(error).toBeInstanceOf(CredentialsRefusedError);
    expect(error.message).toMatch(/EKS cluster other accepts the token but knows nobody behind it \(401\)/);
    expect(error.message).toMatch(/authenticationMode=API_AND_CONFIG_MAP/);
    expect(error.message).toMatch(/"meshgraph rbac" prints the command/);
  });

  test('of EKS that only its VPC reaches are told with how to get into it', async () => {
    eks.on(DescribeClusterCommand).resolves({
      cluster: {
        endpoint: 'https://127.0.0.1:1',
        certificateAuthority: { data: Buffer.from(recorded.apiServer.ca).toString('base64') },
        resourcesVpcConfig: { endpointPublicAccess: false },
      },
    });
    const { cluster } = clusterOf('{name: a, kubernetes: {eks: prod}}');
    const apiServer = await connectCluster({ env: {}, now: Date.now }, cluster).apiServer();
    await expect(apiServer('/version')).rejects.toThrow(
      /ECONNREFUSED.* Only machines of its VPC reach EKS cluster prod: set aws\.vpc/,
    );
  });

  test('are reached by address, with a token of AWS Secrets Manager', async () => {
    const name = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-AbCdEf';
    const holds = (SecretString: string) =>
      manager.on(GetSecretValueCommand, { SecretId: name }).resolves({ SecretString });
    const kubernetes = { server: recorded.apiServer.url, token: { secret: name }, ca: recorded.apiServer.ca };
    const { cluster } = clusterOf(JSON.stringify({ name: 'a', kubernetes }));
    holds(recorded.apiServer.token);
    const live = connectCluster({ env: {}, now: Date.now }, cluster);
    expect((await (await live.lister()).discover()).kubernetesVersion).toMatch(/^v1\./);
    expect(manager.commandCalls(GetSecretValueCommand)).toHaveLength(1);
  });

  test('by kubeconfig are none of a function', async () => {
    const { cluster } = clusterOf('{name: a}');
    await expect(connectCluster({ env: {}, now: Date.now }, cluster).lister()).rejects.toThrow(InvalidInputError);
  });
});

test('where somebody waits, sources that take connections and never answer are told soon', async () => {
  const silent = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { cluster } = clusterOf(
    `{name: a, kubernetes: {server: "${url}", token: {env: TOKEN}}, prometheus: {url: "${url}"}}`,
  );
  const live = connectCluster({ env: { TOKEN: 't' }, now: Date.now, silenceMs: 100 }, cluster);
  await expect((await live.apiServer())('/version')).rejects.toThrow('no answer for 0.1 s');
  await expect(live.query('up', Date.now())).rejects.toThrow('no answer in 0.1 s');
  await new Promise((resolve) => silent.close(resolve));
});
