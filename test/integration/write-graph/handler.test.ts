import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sdkStreamMixin } from '@smithy/core/serde';
import type { SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../../../functions/write-graph/handler.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { observationKey } from '../../../shared/domain/observation-key.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { openDeployedGraph } from '../../../shared/sources/deployed-graph.ts';
import { consoleLines } from '../../console-lines.ts';
import { lambdaContext, sqsEvent, sqsRecord } from '../../lambda-event.ts';
import { freshGraph } from '../../neo4j.ts';
import { canonicalLines, deliver, emptyAll } from '../graph/structure-graph.ts';
import { partOf, pod, scanOf, workload } from '../graph/structure-observation.ts';
import { aCall, observe } from '../graph/traffic-observation.ts';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:graph';
const JUDGE = 'https://sqs.eu-central-1.amazonaws.com/123456789012/meshgraph-evaluations.fifo';
const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
const secrets = mockClient(SecretsManagerClient);
const lines = consoleLines();
const bucket = new Map<string, Buffer>();
let graph: Graph;

beforeAll(async () => {
  const access = await freshGraph();
  vi.stubEnv('OBSERVATIONS_BUCKET', 'bucket');
  vi.stubEnv('EVALUATIONS_QUEUE_URL', JUDGE);
  vi.stubEnv('GRAPH_SECRET_ARN', SECRET);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify(access) });
  s3.on(GetObjectCommand).callsFake(async ({ Key }) => ({ Body: sdkStreamMixin(Readable.from([bucket.get(Key)])) }));
  graph = openGraph(access);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await openDeployedGraph(SECRET).close();
  await graph?.close();
});
beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
  sqs.on(GetQueueUrlCommand).resolves({ QueueUrl: 'https://sqs/observations' });
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
});

const rollout = workload('api', { kind: 'Rollout' });
const objects = scanOf(290_000, [rollout, pod('api-1'), partOf(pod('api-1'), rollout)]);
const windows = [300_000, 360_000, 420_000].map((from) =>
  observe({ from, calls: [aCall({ requests: from / 60_000 })] }),
);
const all: Observation[] = [objects, ...windows];

/** Puts observations into the bucket and gives the messages that point to them. */
async function pointers(observations: readonly Observation[]) {
  return Promise.all(
    observations.map(async (made, index) => {
      const { cluster, source, id, at } = made;
      const key = await observationKey(made);
      bucket.set(key, gzipSync(JSON.stringify(made)));
      const message = { schema: 'meshgraph.observation-pointer/v1', cluster, source, id, at, key };
      return sqsRecord(`m${index}`, message, { queue: 'meshgraph-observations.fifo', group: cluster });
    }),
  );
}

const failed = async (...records: SQSRecord[]) => {
  const { batchItemFailures } = await handler(sqsEvent(...records), lambdaContext());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

async function expected(): Promise<string[]> {
  await ensureSchema(graph);
  for (const one of all) await deliver(graph, one);
  const found = await canonicalLines(graph);
  await emptyAll(graph);
  return found;
}

test('doubled, out of order and in several batches, the graph is the one the laptop writes', async () => {
  const wanted = await expected();
  const [first, second, third, fourth] = (await pointers(all)) as [SQSRecord, SQSRecord, SQSRecord, SQSRecord];
  expect(await failed(third, third)).toEqual([]);
  expect(await failed(fourth, first, second)).toEqual([]);
  expect(await failed(first, fourth)).toEqual([]);
  expect(await canonicalLines(graph)).toEqual(wanted);
  const asked = sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);
  expect(asked).toHaveLength(7);
  expect(asked[0]).toMatchObject({ QueueUrl: JUDGE, Entries: [{ MessageGroupId: objects.cluster }] });
  expect(new Set(asked.map(({ Entries }) => Entries?.[0]?.MessageDeduplicationId)).size).toBe(4);
  expect(lines.all().filter((line) => 'ObservationWritten' in line)).toHaveLength(7);
});

test('an observation that is damaged comes back alone: those behind it are written', async () => {
  await emptyAll(graph);
  const [first, second, third] = (await pointers(windows)) as [SQSRecord, SQSRecord, SQSRecord];
  const { key } = JSON.parse(second.body) as { key: string };
  const whole = bucket.get(key)!;
  bucket.set(key, whole.subarray(0, 40));
  expect(await failed(first, second, third)).toEqual(['m1']);
  expect(await graph.read('MATCH (s:Scan) RETURN count(s) AS scans')).toEqual([{ scans: 2 }]);
  expect(lines.text()).toContain('is no whole observation');
  bucket.set(key, whole);
  expect(await failed(second)).toEqual([]);
  expect(await graph.read('MATCH (s:Scan) RETURN count(s) AS scans')).toEqual([{ scans: 3 }]);
});

test('a queue that does not take the request for judging brings the observation back', async () => {
  await emptyAll(graph);
  const [first] = await pointers(windows);
  sqs
    .on(SendMessageBatchCommand)
    .rejectsOnce(Object.assign(new Error('slow'), { name: 'RequestThrottled' }))
    .resolves({});
  expect(await failed(first!)).toEqual(['m0']);
  const { input } = sqs.commandCalls(ChangeMessageVisibilityCommand)[0]!.args[0];
  expect(input).toMatchObject({ ReceiptHandle: 'receipt-m0', VisibilityTimeout: 15 });
  expect(await failed(first!)).toEqual([]);
});
