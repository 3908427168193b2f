import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { observationStore } from '../../shared/adapters/observation-store.ts';
import type { TrafficObservation } from '../../shared/domain/observation.ts';
import { openGraph } from '../../shared/graph/connection.ts';
import { hashLines } from '../hash-lines.ts';
import { setFeed } from '../stack/feeds.ts';
import { configureFunction, functionLog } from '../stack/functions.ts';
import { onDeployed } from '../stack/laptop.ts';
import { sendMail, takeMail } from '../stack/mail.ts';
import { deadLetterQueue, queueLength } from '../stack/queues.ts';
import { until } from '../stack/until.ts';
import { type StagedClusters, stageClusters } from './staged-clusters.ts';

const OBSERVATIONS = 'observations.fifo';
/** Windows with traffic in the recording, and with its one reading of objects what the writer gets of a cluster. */
const WINDOWS = 3;

let staged: StagedClusters;
/** What was read of the cluster that met no fault, a window each. */
let calm: string[][] | undefined;

beforeAll(async () => {
  staged = await stageClusters({
    clusters: {
      calm: 'now',
      killed: 'now',
      'no-neo4j': 'now',
      poisoned: 'now',
      doubled: 'now',
      shuffled: 'now',
      'slow-prometheus': 'now',
      'slack-busy': 'now',
      'not-scheduled': 'an-hour-ago',
    },
  });
}, 300_000);
afterAll(() => staged?.stop(), 60_000);

/** Nothing lost, nothing counted twice, and each finding told once. */
async function expectAllIsWell(cluster: string): Promise<void> {
  const { deployed, expected } = await staged.lines(cluster);
  expect(deployed.filter((line) => !expected.includes(line))).toEqual([]);
  expect(await hashOf(deployed)).toBe(await hashOf(expected));
  const windows = (await staged.windows(cluster)).slice(0, WINDOWS).map(counted);
  calm ??= windows;
  expect(windows).toEqual(calm);
  const told = (await staged.alerts(cluster)).map(({ body }) => JSON.parse(body).finding as string);
  expect(told.sort()).toEqual(await findings(cluster));
  expect(told.length).toBeGreaterThan(5);
}

/** Rows of a window, in an order that does not depend on Prometheus. */
const counted = ({ calls, arrivals }: TrafficObservation): string[] =>
  [...calls, ...arrivals].map((row) => JSON.stringify(row)).sort();

const hashOf = (lines: readonly string[]) =>
  hashLines(
    (async function* () {
      yield* lines;
    })(),
  );

async function findings(cluster: string): Promise<string[]> {
  const graph = openGraph(staged.stack.graph);
  const keys = await graph.read<{ key: string }>('MATCH (f:Finding {cluster: $cluster}) RETURN f.key AS key', {
    cluster,
  });
  await graph.close();
  return keys.map(({ key }) => key).sort();
}

async function scansIn(cluster: string): Promise<number> {
  const graph = openGraph(staged.stack.graph);
  const [row] = await graph.read<{ count: number }>('MATCH (s:Scan {cluster: $cluster}) RETURN count(s) AS count', {
    cluster,
  });
  await graph.close();
  return row?.count ?? 0;
}

/** Has the readers do their part for a cluster while nobody writes; takes what they told the writer. */
async function readWithoutWriter(cluster: string, arrange?: Parameters<StagedClusters['letOut']>[1]): Promise<void> {
  const { stack, letOut } = staged;
  await setFeed(stack.aws, stack.functionName('write-graph'), false);
  await letOut(cluster, arrange);
  await until('all was read', async () => (await queueLength(stack.sqs, stack.queue(OBSERVATIONS))) >= WINDOWS + 1);
}

test('a cluster without any trouble', async () => {
  await staged.letOut('calm');
  await staged.settled();
  await expectAllIsWell('calm');
});

test('the writer is killed in the middle of a batch', async () => {
  const { stack } = staged;
  const writer = stack.functionName('write-graph');
  await readWithoutWriter('killed');
  await setFeed(stack.aws, writer, true);
  await until('something is written', async () => (await scansIn('killed')) > 0);
  expect(await stack.aws.kill(writer)).toBeGreaterThan(0);
  expect(await scansIn('killed')).toBeLessThan(WINDOWS + 1);
  await staged.settled();
  await expectAllIsWell('killed');
});

test('Neo4j is down for three windows', async () => {
  const { stack } = staged;
  stack.graph.kill();
  await staged.letOut('no-neo4j');
  await until('all windows are kept', async () => (await staged.windows('no-neo4j')).length >= WINDOWS);
  await sleep(1_000);
  await stack.graph.restart();
  await staged.settled();
  await expectAllIsWell('no-neo4j');
});

test('poison in the queue of the writer holds up its cluster until it is set aside; redrive brings back what it took along', async () => {
  const { stack } = staged;
  const dead = stack.queue(deadLetterQueue(OBSERVATIONS));
  const group = 'poisoned';
  const pointer = { schema: 'meshgraph.observation-pointer/v1', cluster: group, source: 'traffic', id: 'x', at: 0 };
  const poison = [
    { ...pointer, key: 'observations/poisoned/none' },
    { schema: 'something else', cluster: group },
  ];
  await sendMail(
    stack.sqs,
    stack.queue(OBSERVATIONS),
    poison.map((body) => ({ body: JSON.stringify(body), group })),
  );
  await staged.letOut(group);
  await staged.settled();
  expect(await queueLength(stack.sqs, dead)).toBeGreaterThanOrEqual(poison.length);
  const redriven = await onDeployed(stack, ['redrive', '-o', 'json']);
  expect(redriven).toMatchObject({ code: 0 });
  await staged.settled();
  await expectAllIsWell(group);
  expect((await takeMail(stack.sqs, dead)).map(({ body }) => JSON.parse(body))).toEqual(poison);
});

test('every message comes twice', async () => {
  const { stack } = staged;
  await readWithoutWriter('doubled', (mail) => mail.flatMap((one) => [one, one]));
  const observations = await takeMail(stack.sqs, stack.queue(OBSERVATIONS));
  await setFeed(stack.aws, stack.functionName('evaluate-checks'), false);
  await setFeed(stack.aws, stack.functionName('write-graph'), true);
  await sendMail(
    stack.sqs,
    stack.queue(OBSERVATIONS),
    observations.flatMap((one) => [one, one]),
  );
  const written = async () => (await queueLength(stack.sqs, stack.queue(OBSERVATIONS))) === 0;
  await until('all is written', written);
  const evaluations = await takeMail(stack.sqs, stack.queue('evaluations.fifo'));
  await setFeed(stack.aws, stack.functionName('evaluate-checks'), true);
  await sendMail(
    stack.sqs,
    stack.queue('evaluations.fifo'),
    evaluations.flatMap((one) => [one, one]),
  );
  await staged.settled();
  await expectAllIsWell('doubled');
});

test('everything comes out of order', async () => {
  const { stack } = staged;
  await readWithoutWriter('shuffled', (mail) => mail.toReversed());
  const observations = await takeMail(stack.sqs, stack.queue(OBSERVATIONS));
  await sendMail(stack.sqs, stack.queue(OBSERVATIONS), observations.toReversed());
  await setFeed(stack.aws, stack.functionName('write-graph'), true);
  await staged.settled();
  await expectAllIsWell('shuffled');
});

test('a reader runs out of time while Prometheus hangs', async () => {
  const { stack } = staged;
  const reader = stack.functionName('read-traffic');
  const hangs = async ({ url }: { url: URL }) => {
    if (url.pathname.includes('/services/prometheus')) await sleep(30_000, undefined, { ref: false });
    return undefined;
  };
  stack.recorded.now?.faults.push(hangs);
  await configureFunction(stack.aws, reader, { Timeout: 3 });
  await staged.letOut('slow-prometheus');
  const ranOut = async () => (await functionLog(stack.aws, reader)).some((line) => line.includes('DeadlineReached'));
  await until('a run ended before its time was over', ranOut);
  stack.recorded.now?.faults.splice(stack.recorded.now.faults.indexOf(hangs), 1);
  await configureFunction(stack.aws, reader, { Timeout: 120 });
  await staged.settled();
  await expectAllIsWell('slow-prometheus');
});

test('Slack takes nothing for a while', async () => {
  const { slack } = staged.stack;
  const before = slack.posted.length;
  const answers = [
    { status: 429, headers: { 'retry-after': '1' }, text: 'rate_limited' },
    { status: 429, headers: { 'retry-after': '2' }, text: 'rate_limited' },
    { status: 500, text: 'internal_error' },
  ];
  slack.trouble = () => answers.shift();
  await staged.letOut('slack-busy');
  await staged.settled();
  await expectAllIsWell('slack-busy');
  const statuses = slack.posted.slice(before).map(({ status }) => status);
  expect(statuses).toEqual([429, 429, 500, 200]);
});

test('the schedule is missed for an hour', async () => {
  const { stack } = staged;
  const store = observationStore(stack.bucket, stack.s3);
  const recording = stack.recorded['an-hour-ago']?.window.to ?? 0;
  const then = { from: recording - 900_000, to: recording - 600_000 };
  const request = { schema: 'meshgraph.scan-request/v1', cluster: 'not-scheduled', requestedAt: then.to };
  const scans = (source: string, more = {}) => [{ body: JSON.stringify({ ...request, source, ...more }) }];
  await sendMail(stack.sqs, stack.queue('cluster-scans'), scans('cluster'));
  await sendMail(stack.sqs, stack.queue('traffic-scans'), scans('traffic', { window: then }));
  await staged.settled();
  // The only note of what the schedule asked for is a thrift: as then, there is none.
  await stack.s3.send(new DeleteObjectCommand({ Bucket: stack.bucket, Key: 'notes/not-scheduled.json' }));
  await stack.runSchedule('plan-scans');
  await staged.settled();
  const windows = await store.windows('not-scheduled', then.from);
  const starts = windows.map(({ from }) => from).sort();
  expect(starts).toEqual(starts.map((_, i) => then.from + i * 300_000));
  expect(starts.length).toBeGreaterThan(12);
  await expectAllIsWell('not-scheduled');
});
