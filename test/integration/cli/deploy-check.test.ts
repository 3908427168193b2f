import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GraphAccess } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { type RecordedCluster, startRecordedCluster } from '../../recorded-cluster/recorded-cluster.ts';
import { runCommand } from '../../run-command.ts';
import { type Fault, statusReply } from '../kubernetes/recorded-api-server.ts';

const eks = mockClient(EKSClient);
const sts = mockClient(STSClient);
const manager = mockClient(SecretsManagerClient);

const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
const PLAIN = `
aws: {region: eu-central-1, account: "123456789012"}
graph: {secret: "${arn('graph')}"}
clusters: [{name: prod, kubernetes: {eks: prod}}]
alerts: {routes: [{name: chat, to: {slack: {webhook: {secret: "${arn('hook')}"}}}}]}
`;

describe('meshgraph deploy --check', () => {
  let recorded: RecordedCluster;
  let access: GraphAccess;
  let cwd: string;
  beforeAll(async () => {
    // A minute ago at least: the command is told that this is now, and finds the clock of Prometheus ahead.
    recorded = await startRecordedCluster({
      endAt: Date.now() - 60_000,
      accepts: (token) => token.startsWith('k8s-aws-v1.'),
    });
    access = await freshGraph();
    cwd = await mkdtemp(join(tmpdir(), 'meshgraph-deploy-'));
  });
  afterAll(async () => {
    await recorded?.stop();
    await rm(cwd, { recursive: true, force: true });
  });
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    sts
      .on(GetCallerIdentityCommand)
      .resolves({ Account: '123456789012', Arn: 'arn:aws:sts::123456789012:assumed-role/admin/me' });
    describeAs({});
    holds('graph', JSON.stringify(access));
    holds('hook', 'https://hooks.slack.com/services/T0/B0/hunter2');
  });
  let faults: Fault[] = [];
  afterEach(() => {
    for (const fault of faults) recorded.faults.splice(recorded.faults.indexOf(fault), 1);
    faults = [];
    for (const client of [eks, sts, manager]) client.reset();
    vi.unstubAllEnvs();
  });

  const holds = (name: string, SecretString: string) =>
    manager.on(GetSecretValueCommand, { SecretId: arn(name) }).resolves({ SecretString });
  const describeAs = (changes: object) =>
    eks.on(DescribeClusterCommand).resolves({
      cluster: {
        endpoint: recorded.apiServer.url,
        certificateAuthority: { data: Buffer.from(recorded.apiServer.ca).toString('base64') },
        accessConfig: { authenticationMode: 'API' },
        resourcesVpcConfig: { endpointPublicAccess: true },
        ...changes,
      },
    });
  const refuse = (path: RegExp, reply: Awaited<ReturnType<Fault>>) => {
    const fault: Fault = ({ url }) => (path.test(url.pathname) ? reply : undefined);
    faults.push(fault);
    recorded.faults.unshift(fault);
  };
  async function check(yaml = PLAIN, ...args: string[]) {
    await writeFile(join(cwd, 'meshgraph.yaml'), yaml);
    const now = () => recorded.window.to - 1_000;
    return runCommand(['deploy', '--check', ...args], { cwd, now, env: {} });
  }
  const said = (out: string) => out.split('\n').filter((line) => /^[√‼×]/.test(line));

  test('says of each thing a deployment needs that it is there, and sends nothing', async () => {
    const { out, err, code } = await check();
    expect([code, err]).toEqual([0, '']);
    expect(said(out)).toEqual([
      '√ meshgraph.yaml can be deployed',
      '√ AWS accepts the credentials: arn:aws:sts::123456789012:assumed-role/admin/me in eu-central-1',
      `√ EKS tells where cluster prod is: ${recorded.apiServer.url}`,
      expect.stringMatching(/^√ the API server accepts us: Kubernetes v1\./),
      expect.stringMatching(/^√ it lets us list (\d+) of \1 kinds$/),
      "√ it lets us read Linkerd's settings and trust anchors",
      expect.stringMatching(/^‼ Prometheus behind Service linkerd-viz\/prometheus answers: it scrapes \d\d proxies$/),
      `√ secret ${arn('graph')} has address and login of Neo4j`,
      expect.stringMatching(/^√ Neo4j at bolt:.* takes our writes: 5\..* community$/),
      '√ route chat has a webhook of Slack',
    ]);
    expect(out).toMatch(/its clock differs from ours by \d+ s\n/);
    expect(out).toMatch(/Status check results are √\n$/);
    expect(out).not.toContain(access.password);
    expect(out).not.toContain('hunter2');
  });

  test('lists one object a kind, and no Secret', async () => {
    recorded.requests.length = 0;
    await check();
    const pods = recorded.requests.filter((path) => path.includes('/pods'));
    expect(pods).toEqual(['/api/v1/pods?limit=1']);
  });

  test('names each kind that is forbidden, and the command that prints the role', async () => {
    const forbidden = 'pods is forbidden: User "meshgraph" cannot list resource "pods"';
    refuse(/\/api\/v1\/pods$/, statusReply(403, 'Forbidden', forbidden));
    refuse(/\/configmaps\/linkerd-config$/, statusReply(403, 'Forbidden', 'configmaps is forbidden'));
    const { out, code } = await check();
    expect(code).toBe(2);
    expect(out).toMatch(
      /× it lets us list \d+ of \d+ kinds\n {4}pods: .*pods is forbidden.*\n {4}hint: meshgraph rbac --cluster prod \| kubectl apply -f -/,
    );
    expect(out).toMatch(/× it lets us read Linkerd's settings and trust anchors\n {4}configmaps\/linkerd-config: /);
    expect(out).toContain('Prometheus behind Service linkerd-viz/prometheus answers: it scrapes');
  });

  test('tells the policy of Linkerd from the roles of Kubernetes where Prometheus refuses', async () => {
    refuse(/\/proxy\//, { status: 403, body: '' });
    const linkerd = await check();
    expect(linkerd.code).toBe(2);
    expect(linkerd.out).toMatch(
      /× Prometheus behind Service linkerd-viz\/prometheus answers\n.*add an AuthorizationPolicy/,
    );
    expect(linkerd.out).toContain('--api-server-network CIDR');
    for (const fault of faults.splice(0)) recorded.faults.splice(recorded.faults.indexOf(fault), 1);
    refuse(/\/proxy\//, statusReply(403, 'Forbidden', 'services "prometheus:9090" is forbidden'));
    expect((await check()).out).toContain('grant "get" on "services/proxy" there');
  });

  test('goes on with everything else where a cluster is unknown to EKS', async () => {
    eks
      .on(DescribeClusterCommand)
      .rejects(Object.assign(new Error('No cluster found'), { name: 'ResourceNotFoundException' }));
    const { out, code } = await check();
    expect(code).toBe(2);
    expect(said(out).map((line) => line.slice(0, 35))).toEqual(
      [
        '√ meshgraph.yaml can be deployed',
        '√ AWS accepts the credentials: arn:a',
        '× EKS tells where cluster prod is',
        expect.stringMatching(/^√ secret/),
        expect.stringMatching(/^√ Neo4j/),
        '√ route chat has a webhook of Slack',
      ].map((line) => (typeof line === 'string' ? line.slice(0, 35) : line)),
    );
  });

  test('tells a token that nobody stands behind, a private endpoint and a cluster without access entries', async () => {
    refuse(/./, statusReply(401, 'Unauthorized', 'Unauthorized'));
    describeAs({
      accessConfig: { authenticationMode: 'CONFIG_MAP' },
      resourcesVpcConfig: { endpointPublicAccess: false },
    });
    const { out, code } = await check();
    expect(code).toBe(2);
    expect(out).toMatch(/‼ EKS tells where cluster prod is.*\n.*authenticationMode=API_AND_CONFIG_MAP\n.*set aws\.vpc/);
    expect(out).toMatch(
      /× the API server accepts us\n {4}EKS cluster prod accepts the token but knows nobody behind it/,
    );
  });

  test('tells what is wrong with the graph secret, and with the login in it', async () => {
    holds('graph', '{"uri": "bolt://a", "user": "hunter2"}');
    const keys = await check();
    expect(keys.code).toBe(2);
    expect(keys.out).toMatch(/× secret .* has address and login of Neo4j\n.*it has the keys uri, user\n/);
    expect(keys.out).not.toContain('hunter2');
    holds('graph', JSON.stringify({ ...access, password: 'wrong' }));
    expect((await check()).out).toMatch(
      /× Neo4j at .* takes our writes\n {4}Neo4j at .* does not accept this user name and password/,
    );
  });

  test('tells credentials that are missing, expired or of another account', async () => {
    sts.on(GetCallerIdentityCommand).rejects(Object.assign(new Error('expired'), { name: 'ExpiredToken' }));
    expect((await check()).out).toMatch(/× AWS accepts the credentials\n.*have expired, log in again/);
    sts.on(GetCallerIdentityCommand).resolves({ Account: '210987654321', Arn: 'arn:aws:iam::210987654321:user/me' });
    const other = await check();
    expect(other.out).toContain(
      'expected credentials of account 123456789012 (aws.account), got arn:aws:iam::210987654321:user/me',
    );
    expect(other.code).toBe(2);
  });

  test('tells a webhook that is no URL without showing it', async () => {
    holds('other-hook', 'hunter2');
    const { out } = await check(PLAIN.replace(arn('hook'), arn('other-hook')));
    expect(out).toMatch(/× route chat has a webhook of Slack\n {4}expected https:\/\/hooks\.slack\.com/);
    expect(out).not.toContain('hunter2');
  });

  test('tells what of the configuration only works here', async () => {
    const kubernetes = `{server: "${recorded.apiServer.url}", token: {env: TOKEN}}`;
    const { out, code } = await check(
      `clusters: [{name: a, kubernetes: ${kubernetes}, prometheus: {url: "${recorded.prometheus.url}"}}]`,
    );
    expect(code).toBe(2);
    expect(out).toMatch(
      /× meshgraph.yaml can be deployed\n {4}graph\.secret: .*\n {4}clusters\[0\]\.kubernetes\.token: /,
    );
    expect(out).toMatch(/Prometheus at http.* answers: it scrapes \d\d proxies/);
  });

  test('prints the same as JSON', async () => {
    const { out, code } = await check(PLAIN, '-o', 'json');
    const { exitCode, groups } = JSON.parse(out);
    expect([exitCode, code]).toEqual([0, 0]);
    expect(groups.map(({ name }: { name: string }) => name)).toEqual([
      'configuration',
      'aws',
      'prod',
      'graph',
      'alerts',
    ]);
    expect(groups[2].probes[0]).toMatchObject({ outcome: 'ok', lines: [] });
  });

  test('is all that this command does', async () => {
    const { err, code } = await runCommand(['deploy'], { cwd, env: {} });
    expect([code, err]).toEqual([2, expect.stringContaining('deploys with "npx cdk deploy"')]);
  });
});
