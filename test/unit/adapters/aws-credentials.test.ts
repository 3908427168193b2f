import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { awsIdentity } from '../../../shared/adapters/aws-credentials.ts';
import { ContractError, ForbiddenError, InvalidInputError, UnavailableError } from '../../../shared/domain/errors.ts';

const MINUTE = 60_000;
const sts = mockClient(STSClient);
const role = { region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/meshgraph-reader', externalId: 'mesh' };
const session = (name: string, expiresAt: number) => ({
  Credentials: { AccessKeyId: name, SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(expiresAt) },
});
const refusal = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(`${name} it is`), { name, $metadata: { httpStatusCode } });

afterEach(() => {
  sts.reset();
  vi.unstubAllEnvs();
});

/** No file of the machine the test runs on, and no metadata server. */
function withoutAws(environment: Record<string, string> = {}): void {
  for (const name of [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ]) {
    vi.stubEnv(name, undefined);
  }
  const nowhere = {
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries({ ...nowhere, ...environment })) vi.stubEnv(name, value);
}

describe('the identity of a role', () => {
  test('is a session named meshgraph, with the external id, kept until 20 minutes before its end', async () => {
    withoutAws({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'b' });
    let now = 0;
    sts.on(AssumeRoleCommand).callsFake(async () => session(`session-${now}`, now + 60 * MINUTE));
    const identity = awsIdentity(role, () => now);
    const both = await Promise.all([identity.credentials(), identity.credentials()]);
    expect(both.map(({ accessKeyId }) => accessKeyId)).toEqual(['session-0', 'session-0']);
    now = 39 * MINUTE;
    expect(await identity.credentials()).toMatchObject({ accessKeyId: 'session-0', sessionToken: 't' });
    now = 40 * MINUTE;
    expect(await identity.credentials()).toMatchObject({ accessKeyId: `session-${now}` });
    expect(sts.commandCalls(AssumeRoleCommand).map(({ args }) => args[0].input)).toEqual([
      { RoleArn: role.roleArn, RoleSessionName: 'meshgraph', ExternalId: 'mesh' },
      { RoleArn: role.roleArn, RoleSessionName: 'meshgraph', ExternalId: 'mesh' },
    ]);
  });

  test.each([
    ['AccessDenied', 403, ForbiddenError, /assuming role .*meshgraph-reader.* needs sts:AssumeRole/],
    ['ExpiredToken', 403, ForbiddenError, /credentials have expired, log in again/],
    ['InvalidClientTokenId', 403, ForbiddenError, /does not know the credentials/],
    ['Throttling', 400, UnavailableError, /try again later/],
  ])('that cannot be assumed is told: %s', async (name, status, kind, words) => {
    withoutAws({ AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'b' });
    sts
      .on(AssumeRoleCommand)
      .rejectsOnce(refusal(name, status))
      .resolves(session('later', 60 * MINUTE));
    const identity = awsIdentity(role, () => 0);
    const error = await identity.credentials().catch((reason) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(words);
    expect(await identity.credentials()).toMatchObject({ accessKeyId: 'later' });
  });

  test('that STS answers nothing for is a broken contract', async () => {
    sts.on(AssumeRoleCommand).resolves({});
    await expect(awsIdentity(role, () => 0).credentials()).rejects.toThrow(ContractError);
  });
});

describe('the identity of the environment', () => {
  test("has the chain's credentials and region", async () => {
    withoutAws({ AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-west-2' });
    const identity = awsIdentity();
    expect(await identity.credentials()).toMatchObject({ accessKeyId: 'AKID', secretAccessKey: 'secret' });
    expect(await identity.region()).toBe('us-west-2');
  });

  test('is told where there are no credentials, or no region', async () => {
    withoutAws();
    const identity = awsIdentity();
    await expect(identity.credentials()).rejects.toThrow(/looking for AWS credentials failed.*check profile and role/);
    await expect(identity.region()).rejects.toThrow(InvalidInputError);
    await expect(identity.region()).rejects.toThrow('set AWS_REGION, or aws.region in meshgraph.yaml');
  });
});
