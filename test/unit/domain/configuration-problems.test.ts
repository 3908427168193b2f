import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { InvalidConfigurationError, parseConfiguration } from '../../../shared/domain/configuration/parse.ts';

/** What meshgraph says about a file, one line a problem. */
function said(text: string): string[] {
  try {
    parseConfiguration(text, 'mesh.yaml', CHECKS);
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error.message.split('\n');
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('a wrong configuration is told', () => {
  test('with the line of an unknown key and the key that was probably meant', () => {
    expect(said('clusters:\n  - name: prod\n    promtheus: {url: "http://p"}\n')).toEqual([
      'mesh.yaml:3: unknown key "promtheus": did you mean "prometheus"?',
    ]);
  });

  test('with the keys that are known where none is near', () => {
    expect(said('scan:\n  frequency: 5m\n')).toEqual([
      'mesh.yaml:2: "frequency" does not fit here: known are {period, clusterPeriod, settling, lookback, retainIdle, firstScan, catchUp}',
    ]);
  });

  test('with the rule of the gate that was meant; where there may be others, with what is wrong about them', () => {
    expect(said('gate:\n  rules:\n    calls-deneid: {enabled: false}\n')).toEqual([
      'mesh.yaml:3: unknown key "calls-deneid": did you mean "calls-denied"?',
    ]);
    expect(said('gate:\n  ownRules: rules\n  rules:\n    no-batch: {severity: grave}\n')).toEqual([
      'mesh.yaml:4: gate.rules.no-batch.severity: expected one of critical, high, medium, low, info, got "grave"',
    ]);
  });

  test('with the forms there are where keys of two forms are mixed', () => {
    expect(said('clusters:\n  - name: a\n    kubernetes:\n      context: a\n      server: https://a\n')).toEqual([
      'mesh.yaml:5: "server" does not fit here: known are {kubeconfig, context} or {server, token, caFile, ca} or {eks, region, roleArn, externalId}',
    ]);
  });

  test('with the facets of the entity model where a required one is none of them', () => {
    expect(said('entityModel:\n  required:\n    workloads: [team]\n')).toEqual([
      'mesh.yaml:3: entityModel.required.workloads[0]: expected one of owner, environment, exposure, dataClass, got "team"',
    ]);
  });

  test('with what was expected and what came', () => {
    expect(said('clusters:\n  - name: a\n    prometheus:\n      through: kubernetes\n      port: web\n')).toEqual([
      'mesh.yaml:5: clusters[0].prometheus.port: expected a number, got "web"',
    ]);
  });

  test('at the mapping that lacks a key', () => {
    expect(said('clusters:\n  - name: a\n  - kubernetes: {}\n')).toEqual([
      'mesh.yaml:3: clusters[1].name: expected a text, but it is missing',
    ]);
  });

  test('where an alias has no anchor', () => {
    expect(said('clusters: *prod\n')).toEqual([
      'mesh.yaml:1: not YAML: Unresolved alias (the anchor must be set before the alias): prod',
    ]);
  });

  test('with all problems at once, in the order of the file', () => {
    expect(said('scan:\n  settling: 1x\n  period: 7m\nclusters: {}\n')).toEqual([
      'mesh.yaml:2: scan.settling: expected a duration like 90s, 5m, 2h or 14d, got "1x"',
      'mesh.yaml:3: scan.period: expected a duration that divides an hour, like 1m, 5m or 15m, got "7m"',
      'mesh.yaml:4: clusters: expected a list, got {}',
    ]);
  });

  test.each([
    'graph: {secret: \'{"password": "hunter2"}\'}',
    'alerts: {routes: [{name: a, to: {slack: "https://hooks.slack.com/services/T0/B0/hunter2"}}]}',
    'alerts: {routes: [{name: a, to: {slack: {webhook: {secret: "https://hooks.slack.com/services/hunter2"}}}}]}',
    'clusters: [{name: a, prometheus: {url: "https://me:hunter2@prometheus"}}]',
    'clusters: [{name: a, prometheus: {url: "ftp://me:hunter2@prometheus"}}]',
    'clusters: [{name: a, kubernetes: {server: "https://me:hunter2@api", token: {env: T}}}]',
  ])('without repeating a secret that was put in the wrong place: %s', (text) => {
    expect(said(text)).toEqual([expect.not.stringContaining('hunter2')]);
  });

  test('without repeating a secret', () => {
    const text = 'clusters:\n  - name: a\n    prometheus: {url: "http://p", auth: {type: bearer, token: hunter2}}\n';
    expect(said(text)).toEqual([
      'mesh.yaml:3: clusters[0].prometheus.auth.token: a secret is never written in this file: expected {env: NAME}, {file: PATH} or {secret: NAME-OR-ARN}',
    ]);
  });

  test('where two clusters share a name, which would mix their graphs', () => {
    expect(said('clusters:\n  - name: a\n  - name: b\n  - name: a\n')).toEqual([
      'mesh.yaml:4: clusters[2].name: expected a name no other cluster has, got "a"',
    ]);
  });

  test.each([
    ['clusters: [{name: a, kubernetes: {eks: prod, rolearn: x}}]', 'unknown key "rolearn": did you mean "roleArn"?'],
    [
      'clusters: [{name: a, kubernetes: {eks: prod, roleArn: admin}}]',
      'clusters[0].kubernetes.roleArn: expected the ARN of a role like arn:aws:iam::123456789012:role/meshgraph, got "admin"',
    ],
    [
      'clusters: [{name: a, kubernetes: {eks: prod, region: Frankfurt}}]',
      'clusters[0].kubernetes.region: expected an AWS region like eu-central-1, got "Frankfurt"',
    ],
    [
      'clusters: [{name: a, prometheus: {workspace: prod}}]',
      'clusters[0].prometheus.workspace: expected the id of a workspace like ws-1234abcd-12ab-34cd-56ef-1234567890ab, got "prod"',
    ],
    [
      'graph: {secret: "a b"}',
      'graph.secret: expected the name or the ARN of a secret of AWS Secrets Manager, and not the secret itself',
    ],
    [
      'alerts: {routes: [{name: a, to: {slack: {webhook: "https://hooks.slack.com/services/T/B/hunter2"}}}]}',
      'alerts.routes[0].to.slack.webhook: a secret is never written in this file: expected {env: NAME}, {file: PATH} or {secret: NAME-OR-ARN}',
    ],
    [
      'alerts: {routes: [{name: a, to: {email: me}}]}',
      '"email" does not fit here: known are {sns} or {slack} or {events} or {securityHub}',
    ],
    [
      'alerts: {routes: [{name: a, to: {sns: {}}, checks: [denied-arival]}]}',
      /^alerts\.routes\[0\]\.checks\[0\]: expected one of .*denied-arrivals.*, got "denied-arival"$/,
    ],
    [
      'alerts: {routes: [{name: a, to: {sns: {}}, clusters: [pord]}]}\nclusters: [{name: prod}]',
      'alerts.routes[0].clusters[0]: expected the name of a configured cluster (prod), got "pord"',
    ],
    [
      'alerts: {routes: [{name: a, to: {sns: {}}}, {name: a, to: {events: {}}}]}',
      'alerts.routes[1].name: expected a name no other route has, got "a"',
    ],
    ['retention: {windows: 30d, days: 7d}', 'retention.days: expected no less than retention.windows, got "7d"'],
    ['retention: {windows: 90m}', 'retention.windows: expected whole days, like 14d, got "90m"'],
    ['api: {authorizer: none}', 'api.authorizer: expected iam or {issuer: ..., audience: [...]}, got "none"'],
    [
      'api: {authorizer: {issuer: "http://id.example.com", audience: [a]}}',
      'api.authorizer.issuer: expected the issuer of the tokens as an https URL, got "http://id.example.com"',
    ],
    [
      'api: {cypher: {timeout: 1m}}',
      'api.cypher.timeout: expected at most 20s: the gateway waits no longer than 30s, got "1m"',
    ],
    ['aws: {account: 12345}', 'aws.account: expected an AWS account of 12 digits, in quotes, got 12345'],
    [
      'aws: {logRetention: 31}',
      /^aws\.logRetention: expected one of the days CloudWatch Logs knows: 1, 3, 5, .*, got 31$/,
    ],
    [
      'aws: {vpc: {id: vpc-0123456789abcdef0, subnetIds: [subnet-1], securityGroupIds: [sg-0123456789abcdef0], availabilityZones: [eu-central-1a]}}',
      'aws.vpc.subnetIds[0]: expected an id like subnet-0123456789abcdef0, got "subnet-1"',
    ],
    ['aws: {schedules: {evaluation: 90s}}', 'aws.schedules.evaluation: expected whole minutes, like 15m, got "90s"'],
  ])('where a deployment would not work: %s', (text, message) => {
    const [first, ...others] = said(text);
    expect(others).toEqual([]);
    if (typeof message === 'string') expect(first).toBe(`mesh.yaml:1: ${message}`);
    else expect(first?.replace('mesh.yaml:1: ', '')).toMatch(message);
  });

  test('where a parameter belongs to another check', () => {
    expect(said('checks:\n  first-time-caller:\n    parameters:\n      learnin: 2d\n')).toEqual([
      'mesh.yaml:4: unknown key "learnin": did you mean "learning"?',
    ]);
  });

  test.each([
    ['scan:\n  period: 5m\n  period: 6m\n', /^mesh\.yaml:3: not YAML: Map keys must be unique/],
    ['scan: {period: 5m\nchecks: {}\n', /^mesh\.yaml:\d: not YAML: /],
    ['- a\n', /^mesh\.yaml:1: the file: expected a mapping, got \["a"\]$/],
  ])('where it is no YAML mapping: %j', (text, message) => {
    expect(said(text)[0]).toMatch(message);
  });
});
