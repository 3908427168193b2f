import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { type BundledHandler, bundledHandler } from '../../bundled-handler.ts';
import { consoleLines } from '../../console-lines.ts';
import { lambdaContext } from '../../lambda-event.ts';
import { freshGraph } from '../../neo4j.ts';
import { DAY_MS, deliverAll, history, NOW } from '../graph/compaction-graph.ts';

const MINUTE = 60_000;
const secrets = mockClient(SecretsManagerClient);
const lines = consoleLines();
let graph: Graph;
let compacting: BundledHandler;

beforeAll(async () => {
  const access = await freshGraph();
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('GRAPH_SECRET_ARN', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:graph');
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify(access) });
  compacting = await bundledHandler('compact-graph', {
    retention: { windows: '7d', days: '14d', closed: '30d', budget: { nodes: 1000, relationships: 2000 } },
  });
  graph = openGraph(access);
  await ensureSchema(graph);
  await deliverAll(graph, history(NOW - 4 * DAY_MS));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await compacting?.remove();
  await graph?.close();
});

const measured = (name: string) => lines.all().flatMap((line) => (name in line ? [line[name]] : []));
const grains = () => graph.read('MATCH ()-[call:CALLED]->() RETURN DISTINCT call.grain AS grain ORDER BY grain');

test('a run without the time for a batch leaves the graph as it is, and says that it is not done', async () => {
  const before = await grains();
  await compacting.handler({}, lambdaContext(10_000));
  expect(await grains()).toEqual(before);
  expect(measured('DeadlineReached')).toEqual([1]);
  expect(lines.text()).toContain('not all was compacted in time');
});

test('a run compacts what the deployed configuration no longer keeps, and measures what is left', async () => {
  await compacting.handler({}, lambdaContext(15 * MINUTE));
  expect(await grains()).toEqual([{ grain: 'month' }]);
  const [size] = await graph.read('RETURN COUNT { () } AS nodes, COUNT { ()-->() } AS relationships');
  expect({ nodes: measured('GraphNodes')[0], relationships: measured('GraphRelationships')[0] }).toEqual(size);
  expect(measured('DeadlineReached')).toEqual([0]);
  expect(measured('BudgetUsed')).toEqual([expect.closeTo(Number(size?.nodes) / 10, 5)]);
});

test('a graph that does not answer fails the run, so that it is run again', async () => {
  secrets.on(GetSecretValueCommand).rejects(Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' }));
  const other = await bundledHandler('compact-graph', {});
  await expect(other.handler({}, lambdaContext(MINUTE))).rejects.toThrow();
  await other.remove();
});
