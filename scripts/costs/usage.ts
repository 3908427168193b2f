import type { FunctionName } from '../../infra/function-table.ts';
import type { Unit } from './prices.ts';
import type { BilledStack } from './stack.ts';
import { type Size, START_SECONDS } from './work.ts';

/** Units used in 30 days, under what the bill calls it. */
export type Usage = { readonly service: string; readonly unit: Unit; readonly amount: number }[];

/** The share of a core that a function has: a whole one at this many MB. */
const CORE_MB = 1769;
/** Lambda polls a queue with five connections that wait 20 seconds each, whether there is anything or not. */
const POLLS = (5 * 30 * 86_400) / 20;
/** Two readings every five minutes. */
const READINGS = 2 * ((30 * 86_400) / 300);
const QUESTIONS = 1_000;
/** Pull requests and the pushes that follow. */
const GATES = 200;
const ALERTS = 200;
/** START, END, REPORT and two or three lines of our own. */
const LOG_BYTES = 3_000;
/** Of one cluster, while all is well: seconds behind, observations, certificates, delivered, and two of the graph's size. */
const METRICS = 6;
/** Observations are kept for `retention.days`: what lies there once the oldest begin to go. */
const MONTHS_KEPT = 400 / 30;

/** Runs in 30 days: schedules as the template says, readers and writer by the windows there are. */
export const runsOfFunctions = ({ scheduled }: BilledStack): Readonly<Record<FunctionName, number>> => ({
  'plan-scans': scheduled.get('plan-scans') ?? 0,
  'read-traffic': READINGS / 2,
  'read-cluster': READINGS / 2,
  'read-certificates': 30 * 24,
  'write-graph': READINGS,
  'evaluate-checks': READINGS + 2 * (scheduled.get('evaluate-checks') ?? 0),
  'send-alerts': ALERTS,
  'answer-query': QUESTIONS,
  'gate-release': GATES,
  'compact-graph': scheduled.get('compact-graph') ?? 0,
});

/** One cluster of a size, read every five minutes, by the stack as it was synthesised. */
export function monthlyUsage(stack: BilledStack, size: Size): Usage {
  const runs = Object.entries(runsOfFunctions(stack)) as [FunctionName, number][];
  const allRuns = runs.reduce((sum, [, times]) => sum + times, 0);
  const gigabyteSeconds = runs.reduce((sum, [name, times]) => sum + times * gigabyteSecondsOf(stack, size, name), 0);
  const messages = allRuns - [...stack.scheduled.values()].reduce((a, b) => a + b, 0) - QUESTIONS - GATES;
  const readingBytes = (READINGS / 2) * (size.bytes.cluster + size.bytes.traffic);
  return [
    { service: 'Lambda', unit: 'lambdaGigabyteSecond', amount: gigabyteSeconds },
    { service: 'Lambda', unit: 'lambdaRequest', amount: allRuns },
    { service: 'SQS', unit: 'sqsRequest', amount: stack.polled.standard * POLLS + 1.5 * messages },
    { service: 'SQS', unit: 'sqsFifoRequest', amount: stack.polled.fifo * POLLS + 1.5 * messages },
    { service: 'S3', unit: 's3Write', amount: 3 * READINGS },
    { service: 'S3', unit: 's3Read', amount: 3 * READINGS },
    { service: 'S3', unit: 's3GigabyteMonth', amount: (MONTHS_KEPT * readingBytes) / 1e9 },
    { service: 'KMS', unit: 'kmsKey', amount: stack.keys },
    { service: 'KMS', unit: 'kmsRequest', amount: allRuns },
    { service: 'CloudWatch', unit: 'alarmMetric', amount: stack.alarmMetrics },
    { service: 'CloudWatch', unit: 'customMetric', amount: METRICS },
    { service: 'CloudWatch', unit: 'dashboard', amount: stack.dashboards },
    { service: 'CloudWatch', unit: 'logGigabyte', amount: (allRuns * LOG_BYTES) / 1e9 },
    { service: 'Secrets Manager', unit: 'secret', amount: 1 },
    { service: 'API Gateway, Scheduler', unit: 'apiRequest', amount: QUESTIONS + GATES },
    {
      service: 'API Gateway, Scheduler',
      unit: 'schedulerRun',
      amount: [...stack.scheduled.values()].reduce((a, b) => a + b, 0),
    },
  ];
}

/** A small function computes slower: it has a share of a core. What it waits for takes as long as it takes. */
function gigabyteSecondsOf({ memory }: BilledStack, { runs }: Size, name: FunctionName): number {
  const megabytes = memory.get(name) ?? 0;
  const share = Math.min(1, megabytes / CORE_MB);
  return (megabytes / 1024) * ((START_SECONDS + runs[name].computing) / share + runs[name].waiting);
}
