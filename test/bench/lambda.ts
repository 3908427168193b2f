import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EVALUATION_REQUEST_SCHEMA } from '../../shared/domain/messages/evaluation-request.ts';
import { SCAN_REQUEST_SCHEMA } from '../../shared/domain/messages/scan-request.ts';
import { setFeed } from '../stack/feeds.ts';
import { deployedFunction } from '../stack/functions.ts';
import { type Mail, takeMail } from '../stack/mail.ts';
import { STACK, type Stack, startStack } from '../stack/stack.ts';
import { TIGHTENED_VOTING } from '../tightened-voting.ts';
import { httpEvent, queueEvent } from './lambda-events.ts';
import { startLambda } from './lambda-process.ts';
import { type Measured, megabytes } from './report.ts';

const CLUSTER = 'prod';
const CONSUMERS = {
  'read-traffic': 'traffic-scans',
  'read-cluster': 'cluster-scans',
  'read-certificates': 'certificate-scans',
  'write-graph': 'observations.fifo',
  'evaluate-checks': 'evaluations.fifo',
  'send-alerts': 'alerts.fifo',
} as const;
type Consumer = keyof typeof CONSUMERS;

type Run = {
  readonly name: string;
  readonly initMs: number;
  readonly ms: readonly number[];
  readonly peakBytes: number;
  readonly memoryMb: number;
};

/**
 * Each function by AWS's own runtime client, in the order in which work passes through them: what one sends is what the
 * next is invoked with; where nobody sends more, readings and evaluations are asked for until there were `rounds`.
 */
export async function benchLambda({ rounds }: { rounds: number }): Promise<Measured> {
  const stack = await startStack({ clusters: { [CLUSTER]: 'now' } });
  try {
    for (const name of Object.keys(CONSUMERS)) await setFeed(stack.aws, stack.functionName(name), false);
    const consume = async (name: Consumer, more?: () => Mail) => {
      const mail = await takeMail(stack.sqs, stack.queue(CONSUMERS[name]));
      const sent = (one: Mail) => queueEvent(`${STACK}-${CONSUMERS[name]}`, one);
      const events = mail.map((one) => () => sent(one));
      while (more && events.length < rounds) events.push(() => sent(more()));
      return run(stack, name, events);
    };
    const scan = (source: string) => ({
      body: JSON.stringify({ schema: SCAN_REQUEST_SCHEMA, cluster: CLUSTER, source, requestedAt: Date.now() }),
    });
    const judge = () => ({
      body: JSON.stringify({ schema: EVALUATION_REQUEST_SCHEMA, cluster: CLUSTER, at: Date.now() }),
      group: CLUSTER,
    });
    const times = (event: unknown) => Array.from({ length: rounds }, () => () => event);
    const manifests = [{ file: 'policy/web-only.yaml', text: TIGHTENED_VOTING }];
    const runs = [
      await run(stack, 'plan-scans', times({})),
      await consume('read-cluster', () => scan('cluster')),
      await consume('read-certificates', () => scan('certificates')),
      await consume('read-traffic'),
      await consume('write-graph'),
      await consume('evaluate-checks', judge),
      await consume('send-alerts'),
      await run(
        stack,
        'answer-query',
        times(httpEvent('GET', '/v1/questions/callers', { callee: 'emojivoto/voting' })),
      ),
      await run(stack, 'gate-release', times(httpEvent('POST', '/v1/gate', {}, { manifests, allowStale: true }))),
      await run(stack, 'compact-graph', times({})),
    ];
    return report(runs);
  } finally {
    await stack.stop();
  }
}

async function run(stack: Stack, name: string, events: readonly (() => unknown)[]): Promise<Run> {
  const functionName = stack.functionName(name);
  const { Environment, MemorySize, Timeout } = await deployedFunction(stack.aws, functionName);
  const { accessKeyId, secretAccessKey } = stack.aws.credentials;
  const lambda = await startLambda({
    name: functionName,
    code: await codeOf(stack, functionName),
    env: {
      ...stack.aws.functionEnv,
      ...Environment.Variables,
      AWS_REGION: stack.aws.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    memoryMb: MemorySize,
    timeoutMs: Timeout * 1000,
  });
  try {
    const ms: number[] = [];
    for (const event of events) {
      const { ms: took, answer } = await lambda.invoke(event());
      const failures = (answer as { batchItemFailures?: unknown[] } | null)?.batchItemFailures ?? [];
      if (failures.length > 0) throw new Error(`${name} gave its message back`);
      ms.push(took);
    }
    return { name, initMs: lambda.initMs, ms, peakBytes: await lambda.peakBytes(), memoryMb: MemorySize };
  } finally {
    await lambda.stop();
  }
}

/** The folder of the cloud assembly that a function was deployed from. */
async function codeOf({ assembly }: Stack, functionName: string): Promise<string> {
  const template = JSON.parse(await readFile(join(assembly, `${STACK}.template.json`), 'utf8')) as {
    Resources: Record<string, { Properties?: { FunctionName?: string; Code?: { S3Key: string } } }>;
  };
  const resource = Object.values(template.Resources).find(
    ({ Properties }) => Properties?.FunctionName === functionName && Properties.Code,
  );
  return join(assembly, `asset.${resource?.Properties?.Code?.S3Key.replace('.zip', '')}`);
}

function report(runs: readonly Run[]): Measured {
  const ms = (value: number | undefined) => (value === undefined ? '' : `${Math.round(value)} ms`);
  const rows = runs.map(({ name, initMs, ms: [first, ...rest], peakBytes, memoryMb }) => [
    name,
    ms(initMs),
    ms(first),
    ms(median(rest)),
    megabytes(peakBytes),
    `${memoryMb} MB`,
  ]);
  const heaviest = Math.max(...runs.map(({ peakBytes, memoryMb }) => peakBytes / (memoryMb * 1024 ** 2)));
  return {
    figures: { functions: runs.length, invocations: runs.reduce((sum, run) => sum + run.ms.length, 0) },
    table: { columns: ['function', 'init', 'first event', 'warm, median', 'peak memory', 'has'], rows },
    goals: [
      { wanted: 'no function beyond 80 % of its memory', got: `${Math.round(heaviest * 100)} %`, met: heaviest <= 0.8 },
    ],
    remarks: [
      'aws-lambda-ric 4.0.2 with a Runtime API of ours; a whole core, where Lambda gives 1,769 MB for one: the figures rank, they do not predict.',
    ],
  };
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
