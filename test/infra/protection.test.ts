import { describe, expect, test } from 'vitest';
import { type Resource, resourcesOf, synthesise } from './synthesise.ts';

const everything = synthesise('everything');
const gone = synthesise('private');
const only = (type: string): Resource => {
  const found = resourcesOf(everything, type);
  expect(found).toHaveLength(1);
  return found[0]![1];
};

type Statement = { Effect: string; Principal: unknown; Condition?: unknown };

/** The statement that forbids connections without TLS, in the policies that name a resource. */
const forbidsPlainText = (policies: [string, Resource][], id: string): boolean =>
  policies
    .filter(([, { Properties }]) =>
      JSON.stringify(Properties.Queues ?? Properties.Topics ?? [Properties.Bucket]).includes(id),
    )
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .some(
      ({ Effect, Condition }) =>
        Effect === 'Deny' && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    );

describe.each([
  ['bucket', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  ['queue', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
  ['topic', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
])('every %s', (_, type, policy) => {
  const all = resourcesOf(everything, type);

  test('is encrypted with the key of the stack', () => {
    for (const [id, { Properties }] of all) {
      expect(JSON.stringify(Properties.BucketEncryption ?? Properties.KmsMasterKeyId), id).toContain('meshgraphkey');
    }
  });

  test('refuses connections without TLS', () => {
    expect(all.length).toBeGreaterThan(0);
    for (const [id] of all) expect(forbidsPlainText(resourcesOf(everything, policy), id), id).toBe(true);
  });
});

test('the bucket is never public, versioned, and forgets on a schedule', () => {
  expect(only('AWS::S3::Bucket').Properties).toMatchObject({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: 'Enabled' },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  });
  const { Rules } = only('AWS::S3::Bucket').Properties.LifecycleConfiguration as { Rules: Record<string, unknown>[] };
  expect(Rules).toContainEqual(expect.objectContaining({ Prefix: 'observations/', ExpirationInDays: 400 }));
  expect(Rules).toContainEqual(expect.objectContaining({ Prefix: 'results/', ExpirationInDays: 1 }));
});

test('the key is changed every year', () => {
  expect(only('AWS::KMS::Key').Properties).toMatchObject({ EnableKeyRotation: true });
});

test('removal of the stack keeps the observations and the key that opens them, unless told otherwise', () => {
  for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key']) {
    for (const [id, { DeletionPolicy }] of resourcesOf(everything, type)) expect(DeletionPolicy, id).toBe('Retain');
    for (const [id, { DeletionPolicy }] of resourcesOf(gone, type)) expect(DeletionPolicy, id).toBe('Delete');
  }
});

test('what stays has no name of its own that the next deployment would want', () => {
  for (const [id, { DeletionPolicy, Properties }] of Object.entries(everything.resources)) {
    if (DeletionPolicy === 'Retain')
      expect(
        Object.keys(Properties).filter((key) => key.endsWith('Name')),
        id,
      ).toEqual([]);
  }
});

test('all that can be tagged carries the tags of the configuration', () => {
  for (const type of [
    'AWS::S3::Bucket',
    'AWS::SQS::Queue',
    'AWS::Lambda::Function',
    'AWS::IAM::Role',
    'AWS::KMS::Key',
  ]) {
    for (const [id, { Properties }] of resourcesOf(everything, type)) {
      expect(Properties.Tags, id).toContainEqual({ Key: 'costCentre', Value: 'platform' });
      expect(Properties.Tags, id).toContainEqual({ Key: 'application', Value: 'meshgraph' });
    }
  }
});

test('functions are in the VPC that the configuration names, and in none otherwise', () => {
  for (const [, { Properties }] of resourcesOf(everything, 'AWS::Lambda::Function')) {
    expect(Properties.VpcConfig).toBeUndefined();
  }
  for (const [, { Properties }] of resourcesOf(gone, 'AWS::Lambda::Function')) {
    expect(Properties.VpcConfig).toEqual({
      SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      SecurityGroupIds: ['sg-0123456789abcdef0'],
    });
  }
});

test('nothing is made by a custom resource, which would be one more function to trust', () => {
  const types = Object.values(everything.resources).map(({ Type }) => Type);
  expect(types.filter((type) => /^Custom::|AWS::CloudFormation::CustomResource/.test(type))).toEqual([]);
});
