import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hashLines } from '../hash-lines.ts';
import { faultsOf } from '../integration/api/described.ts';
import { type OwnGraph, ownGraph } from '../neo4j.ts';
import { functionLog } from '../stack/functions.ts';
import { createUser } from '../stack/iam.ts';
import { canonicalLines, onLaptop, scanOnLaptop } from '../stack/laptop.ts';
import { deadLetterQueue, drained, queueLength } from '../stack/queues.ts';
import { type AwsCredentials, send, signedRequest } from '../stack/signed-request.ts';
import { QUEUES, type Stack, startStack } from '../stack/stack.ts';
import type { Published } from '../stack/topic-subscriber.ts';
import { TIGHTENED_VOTING } from '../tightened-voting.ts';

const CLUSTER = 'prod';

/** One turn of the schedule, waited for until it has left every queue; and a laptop that scanned the same. */
let stack: Stack;
let laptop: OwnGraph;
let published: Published[];
let reader: AwsCredentials;

beforeAll(async () => {
  [stack, laptop] = await Promise.all([startStack({ clusters: { [CLUSTER]: 'now' } }), ownGraph()]);
  await scheduled();
  published = await stack.subscriber.received();
  await scanOnLaptop(stack, laptop, CLUSTER);
  reader = await createUser(stack.aws, 'reader', ['execute-api:Invoke']);
}, 300_000);
afterAll(async () => {
  await Promise.all([stack?.stop(), laptop?.remove()]);
}, 60_000);

/** A turn of the schedules: what is due is read and written, then all is judged. */
async function scheduled(): Promise<void> {
  for (const name of ['plan-scans', 'evaluate-checks'] as const) {
    expect(await stack.runSchedule(name)).toMatchObject({ failed: false });
    await drained(stack.sqs, QUEUES.map(stack.queue), 180_000);
  }
}

const hashOf = async (lines: readonly string[]) =>
  hashLines(
    (async function* () {
      yield* lines;
    })(),
  );

describe('a turn of the schedule, from plan-scans through queues, readers, S3 and the writer,', () => {
  test('makes the graph that `meshgraph scan` makes of the same cluster on a laptop', async () => {
    const [deployed, scanned] = [await canonicalLines(stack.graph, CLUSTER), await canonicalLines(laptop, CLUSTER)];
    expect(deployed.filter((line) => !scanned.includes(line))).toEqual([]);
    expect(await hashOf(deployed)).toBe(await hashOf(scanned));
    expect(deployed.length).toBeGreaterThan(500);
  });

  test('leaves no message behind, dead or alive', async () => {
    const queues = QUEUES.flatMap((name) => [stack.queue(name), stack.queue(deadLetterQueue(name))]);
    expect(await Promise.all(queues.map((url) => queueLength(stack.sqs, url)))).toEqual(queues.map(() => 0));
  });

  test('followed by another one changes neither the traffic nor what was told', async () => {
    const before = (await canonicalLines(stack.graph, CLUSTER)).filter(isTraffic);
    await scheduled();
    // A window may have ended meanwhile, without traffic: what is asked later tells of it.
    await scanOnLaptop(stack, laptop, CLUSTER);
    expect((await canonicalLines(stack.graph, CLUSTER)).filter(isTraffic)).toEqual(before);
    expect(await stack.subscriber.received()).toEqual([]);
  });

  test('writes no secret to a log', async () => {
    const names = ['plan-scans', 'read-cluster', 'read-traffic', 'write-graph', 'evaluate-checks', 'send-alerts'];
    const logs = await Promise.all(names.map((name) => functionLog(stack.aws, stack.functionName(name))));
    expect(logs.map((lines) => lines.length > 0)).toEqual(names.map(() => true));
    const secrets = [stack.graph.password, stack.slack.webhook(''), 'k8s-aws-v1.', 'BEGIN CERTIFICATE'];
    expect(logs.flat().filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  });
});

const isTraffic = (line: string): boolean => /"(CALLED|ARRIVED_AT)"/.test(line);

/** One POST to the gate of the deployed API; without credentials, unsigned. */
function gate(body: object, credentials?: AwsCredentials): ReturnType<typeof signedRequest> {
  const path = `${new URL(stack.apiUrl).pathname}/v1/gate`;
  const headers = { 'content-type': 'application/json' };
  const [method, text] = ['POST', JSON.stringify(body)];
  if (credentials === undefined) return send(stack.aws, { method, path, headers }, text);
  return signedRequest({ ...stack.aws, credentials }, { service: 'execute-api', method, path, headers, body: text });
}

/** One GET of the deployed API, signed. */
function ask(credentials: AwsCredentials, path: string, query = {}, headers = {}): ReturnType<typeof signedRequest> {
  const { pathname } = new URL(stack.apiUrl);
  return signedRequest(
    { ...stack.aws, credentials },
    { service: 'execute-api', path: pathname + path, query, headers },
  );
}

async function openFindings(): Promise<{ readonly id: string; readonly message: string }[]> {
  const { status, text } = await ask(reader, '/v1/findings', { state: 'open' });
  expect(status).toBe(200);
  return JSON.parse(text).findings;
}

describe('what the checks found', () => {
  test('is what `meshgraph check` finds on the laptop, and was published once each', async () => {
    const findings = await openFindings();
    const { out } = await onLaptop(stack, laptop, ['check', '--config', stack.laptop.file, '-o', 'json']);
    expect(findings.map(({ message }) => message).sort()).toEqual(messagesOf(out).sort());
    const alerts = published.map(({ body }) => JSON.parse(body));
    expect(alerts.map(({ finding }) => finding).sort()).toEqual(
      findings.map(({ id }) => `${CLUSTER}/Finding/${id}`).sort(),
    );
    expect(new Set(alerts.map(({ change }) => change))).toEqual(new Set(['opened']));
  });

  test('says what the applications of the recording counted themselves', async () => {
    const messages = (await openFindings()).map(({ message }) => message);
    const unauthenticated = 'an unauthenticated caller was denied 137 times at books/authors:7001';
    expect(messages).toContainEqual(expect.stringContaining(unauthenticated));
    expect(messages).toContainEqual(
      expect.stringContaining('(batch/reports) was denied 93 times at books/authors:7001'),
    );
  });

  test('can be filtered by the attributes of the messages', () => {
    expect(published.map(({ attributes: { cluster } }) => cluster)).toEqual(published.map(() => CLUSTER));
    expect(published.map(({ attributes }) => attributes.severity)).toContain('high');
  });

  test('reached Slack, the part that is routed there, one message a finding', () => {
    const posted = stack.slack.posted.map(({ message, status }) => ({
      text: message.text?.replaceAll('\u200b', ''),
      status,
    }));
    expect(posted).toEqual([{ status: 200, text: expect.stringContaining('emojivoto/web:8080 let in ') }]);
  });
});

const messagesOf = (report: string): string[] =>
  (JSON.parse(report).evaluations as { results: { findings: { message: string }[] }[] }[]).flatMap(({ results }) =>
    results.flatMap(({ findings }) => findings.map(({ message }) => message)),
  );

describe('the API', () => {
  test('answers who is signed and allowed, with what the laptop knows', async () => {
    const { status, text } = await ask(reader, '/v1/questions/callers', { callee: 'emojivoto/voting' });
    const { out } = await onLaptop(stack, laptop, ['ask', 'callers', 'emojivoto/voting', '-o', 'json']);
    expect(status).toBe(200);
    expect(JSON.parse(text).rows).toEqual(JSON.parse(out).rows);
    expect(JSON.parse(text).rows.length).toBeGreaterThan(2);
  });

  test('turns away a signature that is wrong, none at all, and who is not allowed', async () => {
    const forged = { ...reader, secretAccessKey: 'x'.repeat(40) };
    const nobody = await createUser(stack.aws, 'nobody', []);
    const { pathname } = new URL(stack.apiUrl);
    const statuses = await Promise.all([
      ask(forged, '/v1/questions').then(({ status }) => status),
      ask(nobody, '/v1/questions').then(({ status }) => status),
      send(stack.aws, { path: `${pathname}/v1/questions` }).then(({ status }) => status),
    ]);
    expect(statuses).toEqual([403, 403, 403]);
  });

  test('answers 304 to who has the answer already', async () => {
    const first = await ask(reader, '/v1/questions');
    const again = await ask(reader, '/v1/questions', {}, { 'if-none-match': first.headers.etag });
    expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
  });

  test('tells what it does not know as a problem document', async () => {
    const { status, headers, text } = await ask(reader, '/v1/questions/nonsense');
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(text).detail).toContain('nonsense');
  });

  test('judges manifests before they are applied, and names the call that they would deny', async () => {
    const manifests = [{ file: 'policy/web-only.yaml', text: TIGHTENED_VOTING }];
    const { status, text } = await gate({ manifests, allowStale: true }, reader);
    expect(status, text).toBe(200);
    const report = JSON.parse(text);
    expect(faultsOf('gateRelease', 200, 'application/json', report)).toEqual([]);
    expect(report).toMatchObject({ cluster: CLUSTER, unjudged: [], objects: { changed: 1 } });
    expect(report.calls).toContainEqual(
      expect.objectContaining({ from: 'emojivoto/web', to: 'emojivoto/voting', port: 8080, after: 'denied' }),
    );
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        rule: 'calls-denied',
        place: { file: 'policy/web-only.yaml', line: 5, field: 'spec.identities' },
        message: expect.stringContaining('requests of emojivoto/web to emojivoto/voting:8080'),
      }),
    );
    expect((await gate({ manifests })).status).toBe(403);
  });

  test('is asked by `meshgraph --api`, signed with the credentials of the environment', async () => {
    setDefaultCACertificates([...getCACertificates(), stack.aws.ca]);
    vi.stubEnv('AWS_ACCESS_KEY_ID', reader.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', reader.secretAccessKey);
    vi.stubEnv('AWS_REGION', stack.aws.region);
    const args = ['ask', 'callers', 'emojivoto/voting', '-o', 'json'];
    const asked = await onLaptop(stack, laptop, ['--api', stack.apiUrl, ...args]);
    const own = await onLaptop(stack, laptop, args);
    vi.unstubAllEnvs();
    expect(asked.err).toBe(own.err);
    expect(JSON.parse(asked.out).rows).toEqual(JSON.parse(own.out).rows);
  });
});
