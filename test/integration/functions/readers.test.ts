import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { observationStore } from '../../../shared/adapters/observation-store.ts';
import { observationPointer } from '../../../shared/domain/messages/observation-pointer.ts';
import { type ScanRequest, scanRequest } from '../../../shared/domain/messages/scan-request.ts';
import type { ClusterObservation, TrafficObservation } from '../../../shared/domain/observation.ts';
import { type BundledHandler, bundledHandler } from '../../bundled-handler.ts';
import { consoleLines } from '../../console-lines.ts';
import { lambdaContext, sqsEvent, sqsRecord } from '../../lambda-event.ts';
import { memoryBucket } from '../../memory-bucket.ts';
import { type RecordedCluster, startRecordedCluster } from '../../recorded-cluster/recorded-cluster.ts';

const AT = 'https://sqs.eu-central-1.amazonaws.com/123456789012/';
const NAMES = ['plan-scans', 'read-traffic', 'read-cluster', 'read-certificates'] as const;
const sqs = mockClient(SQSClient);
const secrets = mockClient(SecretsManagerClient);
const bucket = memoryBucket();
const lines = consoleLines();
let recorded: RecordedCluster;
let handlers: Record<(typeof NAMES)[number], BundledHandler>;

beforeAll(async () => {
  recorded = await startRecordedCluster({ endAt: Date.now() - 60_000 });
  secrets.on(GetSecretValueCommand).resolves({ SecretString: recorded.apiServer.token });
  for (const [name, value] of Object.entries({
    AWS_REGION: 'eu-central-1',
    OBSERVATIONS_BUCKET: 'bucket',
    OBSERVATIONS_QUEUE_URL: `${AT}observations.fifo`,
    TRAFFIC_SCANS_QUEUE_URL: `${AT}traffic-scans`,
    CLUSTER_SCANS_QUEUE_URL: `${AT}cluster-scans`,
    CERTIFICATE_SCANS_QUEUE_URL: `${AT}certificate-scans`,
  })) {
    vi.stubEnv(name, value);
  }
  const { url: server, ca } = recorded.apiServer;
  const kubernetes = { server, ca, token: { secret: 'k8s' } };
  const configuration = {
    clusters: [
      { name: 'prod', kubernetes },
      { name: 'away', kubernetes, prometheus: { url: 'http://127.0.0.1:9' } },
    ],
  };
  const made = await Promise.all(NAMES.map(async (name) => [name, await bundledHandler(name, configuration)] as const));
  handlers = Object.fromEntries(made) as typeof handlers;
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  bucket.restore();
  await Promise.all(Object.values(handlers ?? {}).map(({ remove }) => remove()));
  await recorded?.stop();
});
beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
  sqs.on(GetQueueUrlCommand).resolves({ QueueUrl: `${AT}some` });
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
});

const sent = (queue: string): string[] =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .filter(({ args: [{ input }] }) => input.QueueUrl === AT + queue)
    .flatMap(({ args: [{ input }] }) => input.Entries?.map(({ MessageBody }) => String(MessageBody)) ?? []);
const pointers = () => sent('observations.fifo').map((body) => observationPointer.parse(JSON.parse(body)));
const measured = (name: string) => lines.all().filter((line) => name in line);

async function planned(): Promise<ScanRequest[]> {
  bucket.objects.clear();
  await handlers['plan-scans'].handler({ some: 'event' }, lambdaContext());
  const queues = ['traffic-scans', 'cluster-scans', 'certificate-scans'].flatMap(sent);
  return queues.map((body) => scanRequest.parse(JSON.parse(body)));
}

/** Hands one request to its reader; the ids of what it gave back. */
async function handled(name: (typeof NAMES)[number], request: unknown): Promise<string[] | undefined> {
  const answer = await handlers[name].handler(sqsEvent(sqsRecord('m', request)), lambdaContext());
  return answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

describe('the handlers of plan-scans and the readers', () => {
  test('each cluster’s sources are asked for, also where its Prometheus is away', async () => {
    const requests = await planned();
    for (const cluster of ['prod', 'away']) {
      const sources = requests.filter((request) => request.cluster === cluster).map(({ source }) => source);
      expect(new Set(sources)).toEqual(new Set(['cluster', 'certificates', 'traffic']));
    }
    expect(measured('WindowsBehind').map(({ cluster, service }) => [cluster, service])).toEqual([
      ['prod', 'plan-scans'],
      ['away', 'plan-scans'],
    ]);
  });

  test('objects and windows end in the bucket, and the writer is told where', async () => {
    const requests = (await planned()).filter(({ cluster }) => cluster === 'prod');
    const objects = requests.find(({ source }) => source === 'cluster');
    // The clock goes on while the recording stands still: newer windows may be due already, with nothing in them.
    const window = requests.findLast(
      (request) => request.source === 'traffic' && request.window.to <= recorded.window.to,
    );
    sqs.resetHistory();
    expect(await handled('read-cluster', objects)).toEqual([]);
    expect(await handled('read-traffic', window)).toEqual([]);
    const told = pointers();
    expect(told.map(({ source }) => source)).toEqual(['cluster', 'traffic']);
    const store = observationStore('bucket');
    const kept = await Promise.all(told.map(({ key }) => store.read(key)));
    expect(kept.map(({ id, at }) => ({ id, at }))).toEqual(told.map(({ id, at }) => ({ id, at })));
    const [snapshot, traffic] = kept as [ClusterObservation, TrafficObservation];
    expect(snapshot.entities.length).toBeGreaterThan(100);
    expect(traffic.calls.length).toBeGreaterThan(5);
    expect(window).toMatchObject({ window: traffic.window });

    expect(await handled('read-traffic', window)).toEqual([]);
    expect(pointers().at(-1)).toEqual(told[1]);
    expect(bucket.objects.size).toBe(4);
    expect(lines.text()).not.toContain(recorded.apiServer.token);
  });

  test('a window of a Prometheus that is away comes again later, and is counted', async () => {
    const window = (await planned()).find(({ cluster, source }) => cluster === 'away' && source === 'traffic');
    expect(await handled('read-traffic', window)).toEqual(['m']);
    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)[0]?.args[0].input.VisibilityTimeout).toBe(15);
    expect(measured('SourceUnreachable')[0]).toMatchObject({ cluster: 'away', service: 'read-traffic' });
    expect(measured('ScanFailed')).toHaveLength(1);
  });

  test('certificates are swept', async () => {
    const request = (await planned()).find(({ source }) => source === 'certificates');
    expect(await handled('read-certificates', request)).toEqual([]);
    expect(measured('CertificateSweep')).toHaveLength(1);
    const [line] = lines.all().filter(({ message }) => message === 'trust bundle read');
    expect(line?.anchors).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  test('a cluster that is not configured any more is refused, on its way to the dead-letter queue', async () => {
    const request = (await planned()).find(({ source }) => source === 'cluster');
    expect(await handled('read-cluster', { ...request, cluster: 'gone' })).toEqual(['m']);
    expect(lines.text()).toContain('no cluster \\"gone\\" in the configuration that was deployed: it has prod, away');
  });
});
