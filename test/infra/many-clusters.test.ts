import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { MeshGraph } from '../../infra/mesh-graph.ts';
import { bundles, type Resource } from './synthesise.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CLUSTERS = 40;
let resources: Record<string, Resource>;

beforeAll(() => {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const stack = new Stack(app, 'own', { env: { account: '111122223333', region: 'eu-central-1' } });
  const clusters = Array.from({ length: CLUSTERS }, (_, index) => ({
    name: `cluster-${index}`,
    kubernetes: { eks: `cluster-${index}` },
    prometheus: { workspace: `ws-00000000-0000-0000-0000-0000000000${index + 10}` },
  }));
  const configuration = { clusters, graph: { secret: 'neo4j' } };
  new MeshGraph(stack, 'mesh', { configuration, bundles: bundles(), reserveConcurrency: false });
  resources = Template.fromStack(stack).toJSON().Resources;
});

test(`${CLUSTERS} clusters fit one stack: CloudFormation takes 500 resources`, () => {
  expect(Object.keys(resources).length).toBeLessThan(500);
});

test('and a template of a megabyte', () => {
  expect(JSON.stringify({ Resources: resources }).length).toBeLessThan(1_000_000);
});

test('and the policies of one role: IAM takes 10,240 characters', () => {
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    if (Type === 'AWS::IAM::Policy') expect(JSON.stringify(Properties.PolicyDocument).length, id).toBeLessThan(10_240);
  }
});

test('an account that is allowed ten runs at once is asked to set none aside', () => {
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type === 'AWS::Lambda::Function') expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
  }
});
