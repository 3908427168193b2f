import { z } from 'zod';
import { accountId, region } from './aws-scalars.ts';
import { positiveDuration } from './scalars.ts';

/** The only ones CloudWatch Logs takes (PutRetentionPolicy). */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), { error: `expected an id like ${prefix}-0123456789abcdef0` });

const vpc = z
  .strictObject({
    id: id('vpc'),
    subnetIds: z
      .array(id('subnet'))
      .min(1)
      .describe('Private subnets with a way to AWS and to Neo4j (NAT or endpoints).'),
    securityGroupIds: z
      .array(id('sg'))
      .min(1)
      .describe("Security groups of the functions; the clusters' must admit them."),
    availabilityZones: z
      .array(z.string().regex(/^[a-z0-9-]+[a-z]$/, { error: 'expected availability zones like eu-central-1a' }))
      .min(1)
      .describe('The zones of the subnets, in the same order.'),
  })
  .refine(({ subnetIds, availabilityZones }) => subnetIds.length === availabilityZones.length, {
    path: ['availabilityZones'],
    error: 'expected one zone for each of subnetIds',
  })
  .describe('The VPC the functions run in: needed for clusters with a private endpoint. Default: none.');

const rate = positiveDuration.refine((ms) => ms % 60_000 === 0, { error: 'expected whole minutes, like 15m' });

/** What only a deployment needs to know. Everything has a default: the account and region of the AWS environment. */
export const aws = z
  .strictObject({
    region: region.describe('Default: that of the AWS environment.').optional(),
    account: accountId.optional().describe('Default: that of the AWS credentials.'),
    stackName: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, { error: 'expected up to 40 letters, digits and dashes, a letter first' })
      .default('meshgraph'),
    vpc: vpc.optional(),
    tags: z
      .record(z.string().min(1).max(128), z.string().max(256))
      .default({})
      .describe('Tags for all that is created.'),
    logRetention: z
      .literal(LOG_RETENTION_DAYS, {
        error: `expected one of the days CloudWatch Logs knows: ${LOG_RETENTION_DAYS.join(', ')}`,
      })
      .default(30)
      .describe('Days that logs are kept.'),
    removal: z
      .enum(['retain', 'destroy'])
      .default('retain')
      .describe('What becomes of the observations and their key when the stack is deleted.'),
    schedules: z
      .strictObject({
        evaluation: rate.prefault('15m').describe('How often checks are evaluated besides after each write.'),
        certificates: rate.prefault('6h').describe('How often certificates are read.'),
        compaction: rate
          .prefault('1d')
          .describe('How often old traffic is folded and what is past its time is dropped.'),
      })
      .prefault({})
      .describe('What scan does not say: its period and clusterPeriod are the schedules of the readers.'),
  })
  .prefault({});
