import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { configurationJsonSchema } from '../../../shared/domain/configuration.ts';

const root = join(import.meta.dirname, '../../..');
const load = (text: string) => parseConfiguration(text, 'meshgraph.yaml', CHECKS);

describe('a configuration', () => {
  test('has a default for everything: the current context and its linkerd-viz Prometheus', () => {
    const { clusters, scan } = load('# nothing yet');
    expect(clusters).toMatchObject([
      { name: 'default', kubernetes: {}, prometheus: { through: 'kubernetes', service: 'prometheus', port: 9090 } },
    ]);
    expect(scan).toMatchObject({ period: 300_000, settling: 30_000 });
  });

  test('takes a key without a value, its lines commented out, as the default', () => {
    expect(load('scan:\n#  period: 1m\nchecks:\n')).toEqual(load(''));
  });

  test('gives durations in milliseconds', () => {
    expect(load('scan: {period: 1m, settling: 90s, catchUp: 1h30m}').scan).toMatchObject({
      period: 60_000,
      settling: 90_000,
      catchUp: 5_400_000,
    });
  });

  test('adds workload labels to those Linkerd has', () => {
    const [cluster] = load(
      'clusters: [{name: a, prometheus: {url: "http://p", labels: {workloadKinds: {rollout: Rollout}}}}]',
    ).clusters;
    expect(cluster?.prometheus.labels.workloadKinds).toMatchObject({ deployment: 'Deployment', rollout: 'Rollout' });
  });

  test('has a default for all that a deployment needs', () => {
    const day = 86_400_000;
    expect(load('')).toMatchObject({
      graph: {},
      alerts: {
        routes: [],
        digestAbove: 10,
        firstRun: 'digest',
        learning: 24 * 3_600_000,
        flapping: { times: 3, within: 7 * 24 * 3_600_000 },
      },
      retention: { windows: 14 * day, days: 400 * day, closed: 400 * day, findings: 400 * day },
      api: { authorizer: 'iam', cypher: { enabled: false, timeout: 10_000, maxRows: 1_000 } },
      aws: { stackName: 'meshgraph', tags: {}, logRetention: 30, removal: 'retain' },
    });
    expect(load('alerts: {routes: [{name: all, to: {sns: {}}}]}').alerts.routes).toEqual([
      {
        name: 'all',
        to: { sns: {} },
        minSeverity: 'high',
        changes: ['opened', 'reopened', 'escalated', 'eased', 'accepted', 'resolved'],
      },
    ]);
  });

  test('has the region of the deployment for clusters, workspaces and secrets that name none', () => {
    const { clusters, graph, alerts } = load(`
aws: {region: eu-central-1}
graph: {secret: graph}
clusters:
  - {name: a, kubernetes: {eks: prod}, prometheus: {workspace: ws-1}}
  - {name: b, kubernetes: {eks: prod, region: us-east-1}}
alerts: {routes: [{name: chat, to: {slack: {webhook: {secret: hook, region: us-east-1}}}}]}
`);
    expect(graph).toEqual({ secret: 'graph', region: 'eu-central-1' });
    expect(alerts.routes[0]?.to).toEqual({ slack: { webhook: { secret: 'hook', region: 'us-east-1' } } });
    expect(clusters.map(({ kubernetes }) => 'region' in kubernetes && kubernetes.region)).toEqual([
      'eu-central-1',
      'us-east-1',
    ]);
    expect(clusters[0]?.prometheus).toMatchObject({ workspace: 'ws-1', region: 'eu-central-1' });
  });

  test('ends an exception with the last day it names', () => {
    const { checks } = load(
      'checks: {denied-arrivals: {exceptions: [{where: {server: a}, reason: known, until: 2027-03-31}]}}',
    );
    expect(checks['denied-arrivals']?.exceptions[0]?.until).toBe(Date.parse('2027-04-01T00:00:00Z'));
  });
});

describe('the published JSON Schema', () => {
  const validate = new Ajv2020({ formats: { uri: true, date: true } }).compile(configurationJsonSchema(CHECKS));

  test('accepts the example, as meshgraph itself does', async () => {
    const text = await readFile(join(root, 'meshgraph.example.yaml'), 'utf8');
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(load(text).clusters.map(({ name }) => name)).toEqual(['prod-eu', 'prod-us', 'prod-ap']);
  });

  test.each([
    ['an unknown key', 'clusers: []'],
    ['a secret in the file', 'clusters: [{name: a, prometheus: {url: "http://p", auth: {type: bearer, token: abc}}}]'],
    ['an unknown way to authenticate', 'clusters: [{name: a, prometheus: {url: "http://p", auth: {type: digest}}}]'],
    ['no duration', 'scan: {period: soon}'],
    ['an unknown check', 'checks: {first-tim-caller: {enabled: false}}'],
    ['a name with a slash', 'clusters: [{name: a/b}]'],
    ['no cluster', 'clusters: []'],
  ])('refuses %s, as meshgraph itself does', (_, text) => {
    expect(validate(parse(text))).toBe(false);
    expect(() => load(text)).toThrow(/^meshgraph\.yaml:1: /);
  });
});
