import { expect, test } from 'vitest';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { undeployable } from '../../../shared/domain/configuration/deployable.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';

const problems = (text: string) => undeployable(parseConfiguration(text, 'meshgraph.yaml', CHECKS), 'eu-central-1');

test('a configuration of EKS clusters, workspaces and secrets of AWS can be deployed', () => {
  expect(
    problems(`
graph: {secret: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:graph-AbCdEf"}
clusters:
  - {name: a, kubernetes: {eks: prod}, prometheus: {workspace: ws-1}}
  - name: b
    kubernetes: {server: "https://10.0.0.1", token: {secret: token}, caFile: ca.pem}
    prometheus: {url: "https://p", auth: {type: basic, username: u, password: {secret: p, key: password}}}
  - name: c
    kubernetes: {eks: other}
    prometheus: {url: "https://p", auth: {type: clientCertificate, certFile: {secret: c}, keyFile: {secret: k}}}
alerts: {routes: [{name: chat, to: {slack: {webhook: {secret: hook}}}}]}
`),
  ).toEqual([]);
});

test('what a function does not have is told with the key and what to write instead', () => {
  const told = problems(`
clusters:
  - {name: a, kubernetes: {context: prod}}
  - name: b
    kubernetes: {server: "https://10.0.0.1", token: {file: token}}
    prometheus: {url: "https://p", auth: {type: bearer, token: {env: TOKEN}}}
  - name: c
    kubernetes: {eks: prod}
    prometheus: {url: "https://p", auth: {type: clientCertificate, certFile: c.pem, keyFile: k.pem}}
alerts: {routes: [{name: chat, to: {slack: {webhook: {env: HOOK}}}}, {name: topic, to: {sns: {}}}]}
scan: {period: 30s}
`);
  expect(told.map((sentence) => sentence.split(':')[0])).toEqual([
    'graph.secret',
    'clusters[0].kubernetes',
    'clusters[1].kubernetes.token',
    'clusters[1].prometheus.auth.token',
    'clusters[2].prometheus.auth.certFile',
    'clusters[2].prometheus.auth.keyFile',
    'alerts.routes[0].to.slack.webhook',
    'scan.period',
  ]);
});

test('a secret of another region than the stack is told', () => {
  const [first, ...others] = problems(
    'clusters: [{name: a, kubernetes: {eks: a}}]\ngraph: {secret: "arn:aws:secretsmanager:us-east-1:123456789012:secret:graph-AbCdEf"}',
  );
  expect(others).toEqual([]);
  expect(first).toBe(
    'graph.secret: expected a secret of eu-central-1, where the stack is, got one of us-east-1: replicate it, or set aws.region',
  );
});
