import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { OfferedEnvironment } from './function-defaults.ts';
import { QUEUE_NAMES, type QueueName } from './queue-table.ts';
import type { Queues } from './queues.ts';
import { RESULTS_PREFIX } from './storage.ts';
import type { Topics } from './topics.ts';

export type Offered = {
  readonly bucket: Bucket;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly graphSecret: string;
};

/** Every environment variable a function may declare, with its value. Each function is given those it declares. */
export const offeredEnvironment = ({ bucket, queues, topics, graphSecret }: Offered): OfferedEnvironment => ({
  OBSERVATIONS_BUCKET: bucket.bucketName,
  RESULTS_PREFIX,
  GRAPH_SECRET_ARN: graphSecret,
  ALERTS_TOPIC_ARN: topics.findings.topicArn,
  EVENT_BUS_NAME: 'default',
  ...Object.fromEntries(QUEUE_NAMES.map((name) => [urlVariable(name), queues.of(name).queue.queueUrl])),
});

/** `traffic-scans` is TRAFFIC_SCANS_QUEUE_URL. */
const urlVariable = (name: QueueName): string => `${name.replaceAll('-', '_').toUpperCase()}_QUEUE_URL`;
