import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runCommand } from '../../../run-command.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'meshgraph-rbac-'));
});
afterEach(() => rm(cwd, { recursive: true }));

async function rbac(yaml: string, ...args: string[]) {
  await writeFile(join(cwd, 'meshgraph.yaml'), yaml);
  return runCommand(['rbac', ...args], { cwd, env: {} });
}

type Applied = { kind: string; metadata: { name: string; namespace?: string }; subjects?: object[]; rules?: object[] };
const applied = (out: string) => parseAllDocuments(out).map((document) => document.toJS() as Applied);
const named = (out: string) =>
  applied(out).map(({ kind, metadata: { namespace, name } }) => [kind, namespace, name].filter(Boolean).join(' '));

const ROLE = 'arn:aws:iam::210987654321:role/meshgraph-reader';

describe('meshgraph rbac', () => {
  test('prints what kubectl takes: roles, and bindings to a group', async () => {
    const { out, code } = await rbac('clusters: [{name: a, kubernetes: {eks: prod}, prometheus: {url: "http://p"}}]');
    expect(code).toBe(0);
    expect(named(out)).toEqual([
      'ClusterRole meshgraph-reader',
      'ClusterRoleBinding meshgraph-reader',
      'Role linkerd meshgraph-reader-settings',
      'RoleBinding linkerd meshgraph-reader-settings',
    ]);
    const group = { kind: 'Group', name: 'meshgraph-readers', apiGroup: 'rbac.authorization.k8s.io' };
    expect(applied(out).flatMap(({ subjects = [] }) => subjects)).toEqual([group, group]);
  });

  test('adds the one Service in front of Prometheus where that is reached through the API server', async () => {
    const { out } = await rbac(
      'clusters: [{name: a, prometheus: {through: kubernetes, namespace: metrics, service: prom, port: 80}}]',
      '--linkerd-namespace',
      'mesh',
    );
    const role = applied(out).find(({ metadata }) => metadata.name === 'meshgraph-reader-prometheus');
    expect(role).toMatchObject({
      kind: 'Role',
      metadata: { namespace: 'metrics' },
      rules: [{ apiGroups: [''], resources: ['services/proxy'], resourceNames: ['prom:80'], verbs: ['get'] }],
    });
    expect(named(out)).toContain('Role mesh meshgraph-reader-settings');
    expect(out).toContain('# If the Prometheus in metrics is linkerd-viz');
  });

  test('adds the Linkerd policy where the addresses of the API server are told', async () => {
    const { out } = await rbac('', '--api-server-network', '10.0.0.0/24', '10.0.1.0/24');
    expect(applied(out).slice(-2)).toMatchObject([
      { kind: 'NetworkAuthentication', spec: { networks: [{ cidr: '10.0.0.0/24' }, { cidr: '10.0.1.0/24' }] } },
      { kind: 'AuthorizationPolicy', spec: { targetRef: { kind: 'Server', name: 'prometheus-admin' } } },
    ]);
    expect(out).not.toContain('repeat with --api-server-network');
  });

  test('tells the access entry of the role that is assumed, of the roles named, or of the readers of the stack', async () => {
    const entries = (out: string) => out.split('\n').filter((line) => line.includes('create-access-entry'));
    const assumed = await rbac(`clusters: [{name: a, kubernetes: {eks: prod, region: us-east-1, roleArn: "${ROLE}"}}]`);
    expect(entries(assumed.out)).toEqual([
      `#   aws eks create-access-entry --cluster-name prod --region us-east-1 --type STANDARD --kubernetes-groups meshgraph-readers --principal-arn ${ROLE}`,
    ]);
    expect(assumed.out).toContain('must trust the roles of the readers (sts:AssumeRole)');
    const own = 'aws: {stackName: mesh}\nclusters: [{name: a, kubernetes: {eks: prod}, prometheus: {workspace: ws-1}}]';
    const readers = entries((await rbac(own)).out);
    expect(readers).toHaveLength(2);
    expect(readers[0]).toContain(
      "--stack-name mesh --output text --query \"Stacks[0].Outputs[?contains(OutputKey,'readclusterrole')]",
    );
    expect(entries((await rbac(own, '--principal', `${ROLE}-1`, `${ROLE}-2`)).out)).toHaveLength(2);
    expect(entries((await rbac('')).out)).toEqual([]);
  });

  test('binds to a ServiceAccount for who reads by token', async () => {
    const { out } = await rbac('', '--service-account', 'tools/meshgraph');
    const account = { kind: 'ServiceAccount', name: 'meshgraph', namespace: 'tools' };
    expect(applied(out)[0]).toMatchObject({
      kind: 'ServiceAccount',
      metadata: { name: 'meshgraph', namespace: 'tools' },
    });
    expect(applied(out).flatMap(({ subjects = [] }) => subjects)).toEqual([account, account, account]);
  });

  test('prints the same as JSON', async () => {
    const { out } = await rbac('clusters: [{name: a, kubernetes: {eks: prod}}]', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({ cluster: 'a', manifests: [{ kind: 'ClusterRole' }, {}, {}, {}, {}, {}] });
  });

  test.each([
    [['--cluster', 'c'], 'no cluster "c" in the configuration: it has a, b'],
    [[], 'roles are of one cluster: choose one of a, b with --cluster'],
    [
      ['--cluster', 'a', '--service-account', 'meshgraph'],
      '--service-account takes namespace/name, like meshgraph/reader, not "meshgraph"',
    ],
    [
      ['--cluster', 'a', '--api-server-network', '10.0.0.0/16', '10.0.0/33'],
      '--api-server-network takes addresses like 10.0.0.0/16, not "10.0.0/33"',
    ],
    [
      ['--cluster', 'a', '--principal', 'meshgraph-reader'],
      '--principal takes the ARN of a role like arn:aws:iam::123456789012:role/meshgraph, not "meshgraph-reader"',
    ],
  ])('says what is wrong with %j', async (args, sentence) => {
    const { err, code } = await rbac('clusters: [{name: a}, {name: b}]', ...args);
    expect([err, code]).toEqual([`${sentence}\n`, 2]);
  });
});
