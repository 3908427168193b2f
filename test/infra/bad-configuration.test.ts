import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { MeshGraph } from '../../infra/mesh-graph.ts';
import { MeshGraphStack } from '../../infra/mesh-graph-stack.ts';
import { bundles } from './synthesise.ts';
import { temporaryFolder } from './temporary-folder.ts';

let folder: string;
let built: string;

beforeAll(() => {
  folder = temporaryFolder();
  built = bundles();
});

const app = (): App => new App({ outdir: temporaryFolder(), analyticsReporting: false });

/** What synth says of a file with this text, without the folder it lies in. */
function saidOf(text: string): string {
  const file = join(folder, 'meshgraph.yaml');
  writeFileSync(file, text);
  try {
    new MeshGraphStack(app(), { file, bundles: built });
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  return 'nothing';
}

const PROD = 'clusters: [{ name: prod, kubernetes: { eks: prod } }]';
const GRAPH = 'graph: { secret: meshgraph/graph }';

describe('synth says, in the file’s own words, that', () => {
  test.each([
    [
      'a key is unknown',
      `${PROD}\ngraph: { sekret: a }`,
      'meshgraph.yaml:2: unknown key "sekret": did you mean "secret"?',
    ],
    ['no cluster is named', `clusters: []\n${GRAPH}`, 'meshgraph.yaml:1: clusters: expected at least one cluster'],
    [
      'an ARN is none',
      `${PROD}\ngraph: { secret: 'arn:aws:secretsmanager:eu-central-1:1:secret:x' }`,
      'meshgraph.yaml:2: graph.secret: expected the name or the ARN of a secret of AWS Secrets Manager',
    ],
    [
      'a route is for a cluster there is not',
      `${PROD}\n${GRAPH}\nalerts: { routes: [{ name: a, to: { sns: {} }, clusters: [prd] }] }`,
      'meshgraph.yaml:3: alerts.routes[0].clusters[0]: expected the name of a configured cluster (prod), got "prd"',
    ],
    [
      'a region is none',
      `${PROD}\n${GRAPH}\naws: { region: europe }`,
      'meshgraph.yaml:3: aws.region: expected an AWS region like eu-central-1, got "europe"',
    ],
    ['the graph has no secret', PROD, 'meshgraph.yaml: graph.secret: expected the name or ARN of a secret with'],
    [
      'the secret is in another region',
      `${PROD}\ngraph: { secret: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf' }\naws: { region: eu-central-1 }`,
      'meshgraph.yaml: graph.secret: expected a secret of eu-central-1, where the stack is, got one of us-east-1',
    ],
    [
      'a Lambda has no kubeconfig',
      `clusters: [{ name: prod, kubernetes: { context: prod } }]\n${GRAPH}`,
      'meshgraph.yaml: clusters[0].kubernetes: expected {eks: NAME} or {server: ..., token: {secret: ...}}',
    ],
    [
      'a Lambda has no environment of yours',
      `clusters: [{ name: prod, kubernetes: { server: 'https://a', token: { env: TOKEN } } }]\n${GRAPH}`,
      'meshgraph.yaml: clusters[0].kubernetes.token: expected {secret: NAME-OR-ARN}',
    ],
    [
      'a Lambda has no key file',
      `clusters: [{ name: a, kubernetes: { eks: a }, prometheus: { url: 'https://p', auth: { type: clientCertificate, certFile: c, keyFile: k } } }]\n${GRAPH}`,
      'meshgraph.yaml: clusters[0].prometheus.auth.keyFile: expected {secret: NAME-OR-ARN}',
    ],
    [
      'a webhook is in a file',
      `${PROD}\n${GRAPH}\nalerts: { routes: [{ name: a, to: { slack: { webhook: { file: hook } } } }] }`,
      'meshgraph.yaml: alerts.routes[0].to.slack.webhook: expected {secret: NAME-OR-ARN}',
    ],
    [
      'a schedule is finer than AWS has',
      `${PROD}\n${GRAPH}\nscan: { period: 30s }`,
      'meshgraph.yaml: scan.period: expected 1m or more',
    ],
    [
      'a CA cannot be read',
      `clusters: [{ name: a, kubernetes: { server: 'https://a', token: { secret: t }, caFile: gone.pem } }]\n${GRAPH}`,
      'caFile: gone.pem cannot be read: it is deployed with the functions',
    ],
  ])('%s', (_, text, sentence) => {
    expect(saidOf(text)).toContain(sentence);
  });

  test('several things are wrong, a line each', () => {
    expect(saidOf('clusters: [{ name: a }, { name: b }]').split('\n')).toHaveLength(3);
  });
});

test('a file that is not there is named, and how to name another', () => {
  expect(() => new MeshGraphStack(app(), { file: 'nowhere.yaml' })).toThrow(
    'nowhere.yaml cannot be read (ENOENT): name another with -c config=FILE',
  );
});

test('functions that were not built are told before anything is deployed', () => {
  const file = join(import.meta.dirname, 'least.yaml');
  expect(() => new MeshGraphStack(app(), { file, bundles: folder })).toThrow('run `npm run build` first');
});

test('in a CDK app of one’s own the construct says the same, without file and line', () => {
  const configuration = { clusters: [{ name: 'prod', kubernetes: { eks: 'prod' } }], graph: { sekret: 'a' } };
  expect(() => new MeshGraph(new Stack(app(), 'own'), 'mesh', { configuration: configuration as object })).toThrow(
    'unknown key "sekret": did you mean "secret"?',
  );
});

test('in a CDK app of one’s own two properties are enough', () => {
  const own = new Stack(app(), 'own');
  const clusters = [{ name: 'prod', kubernetes: { eks: 'prod' } }];
  const mesh = new MeshGraph(own, 'mesh', { configuration: { clusters, graph: { secret: 'a' } }, bundles: built });
  expect(mesh.node.findAll().length).toBeGreaterThan(100);
});
