import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

type Acknowledgement = { readonly packs: readonly string[]; readonly rule: string; readonly reason: string };

const CONTROLS = ['NIST.800.53.R5', 'PCI.DSS.321', 'HIPAA.Security'];

/** What cdk-nag's packs would have otherwise, and why it is as it is. IAM wildcards are told where they are made. */
const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    packs: CONTROLS,
    rule: 'S3BucketLoggingEnabled',
    reason:
      'Only roles of this stack read or write the bucket; data events of CloudTrail tell who did, where that is asked for.',
  },
  { packs: ['AwsSolutions'], rule: 'S1', reason: 'As S3BucketLoggingEnabled: data events of CloudTrail tell more.' },
  {
    packs: CONTROLS,
    rule: 'S3BucketReplicationEnabled',
    reason: 'Versioned; what is lost with a region are observations of clusters that run on and are read again.',
  },
  {
    packs: CONTROLS,
    rule: 'IAMNoInlinePolicy',
    reason: 'Each policy belongs to one role, comes and goes with it, and can be attached to nothing else.',
  },
  {
    packs: CONTROLS,
    rule: 'LambdaInsideVPC',
    reason:
      'A VPC is for clusters with a private endpoint (aws.vpc); elsewhere it would add a NAT gateway and protect nothing.',
  },
  {
    packs: ['NIST.800.53.R5', 'HIPAA.Security'],
    rule: 'LambdaConcurrency',
    reason: 'Set where it protects Neo4j; the readers are bounded by their event source mappings.',
  },
  {
    packs: ['NIST.800.53.R5', 'HIPAA.Security', 'Serverless'],
    rule: 'LambdaDLQ',
    reason:
      'Queues have dead-letter queues and schedules a failure destination; what the API calls answers its caller.',
  },
  {
    packs: ['Serverless'],
    rule: 'LambdaEventSourceMappingDestination',
    reason: 'Lambda knows none for SQS: the queue has a dead-letter queue.',
  },
  {
    packs: ['Serverless'],
    rule: 'LambdaTracing',
    reason:
      'Log lines and metrics carry the ids of scan, window and message along the whole way; traces would add a bill.',
  },
];

export function acknowledgeRules(scope: Construct): void {
  for (const { packs, rule, reason } of ACKNOWLEDGED) {
    Validations.of(scope).acknowledge(...packs.map((pack) => ({ id: `${pack}-${rule}`, reason })));
  }
}
