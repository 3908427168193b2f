import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Alarm, type ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Deployment, nameOf } from './deployment.ts';
import { packageRoot } from './package-root.ts';

export type AlarmProps = {
  /** Heading of docs/runbook.md that says what to do: of a kind of trouble, or the function's name. */
  readonly heading: string;
  /** What tells alarms of one heading apart: a cluster, a queue, a measure. */
  readonly subject?: string;
  /** One sentence: what it means when it goes off. */
  readonly meaning: string;
  readonly metric: IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  readonly periods?: number;
  /** Silence is a failure as well. */
  readonly missingIsBad?: boolean;
};

export type AlarmScope = { readonly deployment: Deployment; readonly topic: ITopic };

/**
 * The one place that makes alarms: each tells the topic when it goes off and when it is over, and names its part of the
 * runbook. Throws where the runbook has no such part.
 */
export function createAlarm(scope: Construct, { deployment, topic }: AlarmScope, props: AlarmProps): Alarm {
  const { heading, subject, meaning, metric, comparison, threshold, periods = 1, missingIsBad = false } = props;
  if (!runbookHeadings().has(heading)) {
    throw new Error(`docs/runbook.md has no heading "## ${heading}": say there what to do when this alarm goes off`);
  }
  const id = subject === undefined ? heading : `${heading}-${subject}`;
  const alarm = new Alarm(scope, `${id}-alarm`, {
    alarmName: nameOf(deployment, id),
    alarmDescription: `${meaning} What to do: docs/runbook.md#${heading}`,
    metric,
    comparisonOperator: comparison,
    threshold,
    evaluationPeriods: periods,
    treatMissingData: missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  const tell = new SnsAction(topic);
  alarm.addAlarmAction(tell);
  alarm.addOkAction(tell);
  return alarm;
}

let headings: ReadonlySet<string> | undefined;

export function runbookHeadings(): ReadonlySet<string> {
  headings ??= new Set(
    [...readFileSync(join(packageRoot(), 'docs/runbook.md'), 'utf8').matchAll(/^## (\S+)$/gm)].map(
      ([, name]) => name ?? '',
    ),
  );
  return headings;
}
