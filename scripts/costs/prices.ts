/**
 * Public list prices in US dollars, before any discount. Other regions differ by up to a fifth; change them here and run
 * `npm run costs`. `free` is what every account is given each month for ever, in the same unit.
 */
export const PRICES = {
  region: 'us-east-1 (N. Virginia)',
  date: '2026-06',
  sources: [
    'https://aws.amazon.com/lambda/pricing/',
    'https://aws.amazon.com/sqs/pricing/',
    'https://aws.amazon.com/s3/pricing/',
    'https://aws.amazon.com/cloudwatch/pricing/',
    'https://aws.amazon.com/kms/pricing/',
    'https://aws.amazon.com/secrets-manager/pricing/',
    'https://aws.amazon.com/api-gateway/pricing/',
    'https://aws.amazon.com/ec2/pricing/on-demand/',
    'https://aws.amazon.com/fargate/pricing/',
    'https://neo4j.com/pricing/',
  ],
  units: {
    lambdaGigabyteSecond: { price: 0.0000133334, free: 400_000 },
    lambdaRequest: { price: 0.2e-6, free: 1_000_000 },
    sqsRequest: { price: 0.4e-6, free: 1_000_000 },
    sqsFifoRequest: { price: 0.5e-6, free: 0 },
    s3Write: { price: 0.005e-3, free: 0 },
    s3Read: { price: 0.0004e-3, free: 0 },
    s3GigabyteMonth: { price: 0.023, free: 0 },
    kmsKey: { price: 1, free: 0 },
    kmsRequest: { price: 0.03e-4, free: 20_000 },
    alarmMetric: { price: 0.1, free: 10 },
    customMetric: { price: 0.3, free: 10 },
    dashboard: { price: 3, free: 3 },
    logGigabyte: { price: 0.5, free: 5 },
    secret: { price: 0.4, free: 0 },
    apiRequest: { price: 1e-6, free: 0 },
    schedulerRun: { price: 1e-6, free: 14_000_000 },
  },
} as const;

export type Unit = keyof typeof PRICES.units;

const HOURS = 730;

/** What is always on, a month. */
export const ALWAYS_ON = [
  {
    what: 'EC2 t4g.small (2 cores, 2 GB) with 20 GB gp3: collector and Neo4j on one machine',
    dollars: 0.0168 * HOURS + 20 * 0.08,
    but: 'you patch it, watch it and back it up; when it is down, windows are lost',
  },
  {
    what: 'EC2 t4g.medium (2 cores, 4 GB) with 50 GB gp3: the same, for 10,000 pods',
    dollars: 0.0336 * HOURS + 50 * 0.08,
    but: 'as above',
  },
  {
    what: 'Fargate on arm64, half a core and 2 GB: a collector that waits, without Neo4j',
    dollars: (0.5 * 0.03238 + 2 * 0.00356) * HOURS,
    but: 'alarms, queues and an API come on top',
  },
  {
    what: 'a NAT gateway, where functions or tasks run in private subnets without one',
    dollars: 0.045 * HOURS,
    but: 'for meshgraph as well, with `aws.vpc`, unless there is one already',
  },
];

/** Where the graph itself lives: the same for every way of filling it. */
export const GRAPHS = [
  { what: 'Aura Free: 200,000 nodes, 400,000 relationships (`retention.budget`)', dollars: 0 },
  { what: 'Aura Professional, 1 GB of memory', dollars: 65 },
  { what: 'Neo4j Community on an EC2 t4g.small with 20 GB gp3', dollars: 0.0168 * HOURS + 20 * 0.08 },
];
