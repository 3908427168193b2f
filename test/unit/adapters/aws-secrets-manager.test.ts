import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { awsSecrets } from '../../../shared/adapters/aws-secrets-manager.ts';
import { ForbiddenError, InvalidInputError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';

const manager = mockClient(SecretsManagerClient);
afterEach(() => {
  manager.reset();
  vi.unstubAllEnvs();
});
const ARN = 'arn:aws:secretsmanager:us-west-2:123456789012:secret:meshgraph/graph-AbCdEf';
const said = (name: string, httpStatusCode: number, message = 'no') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

describe('a secret of AWS Secrets Manager', () => {
  test('is read by ARN in its own region, by name in that at hand or said', async () => {
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    manager.on(GetSecretValueCommand).callsFake(async ({ SecretId }) => ({ SecretString: `text of ${SecretId}` }));
    const read = awsSecrets();
    expect(await read(ARN)).toBe(`text of ${ARN}`);
    expect(await read('webhook')).toBe('text of webhook');
    expect(await read('webhook', 'us-east-1')).toBe('text of webhook');
    const clients = manager.calls().map(({ thisValue }) => thisValue as SecretsManagerClient);
    expect(await Promise.all(clients.map(({ config }) => config.region()))).toEqual([
      'us-west-2',
      'eu-central-1',
      'us-east-1',
    ]);
  });

  test.each([
    ['ResourceNotFoundException', 400, '', NotFoundError, /create it, or give its ARN if it is in another region/],
    ['AccessDeniedException', 400, '', ForbiddenError, /the caller needs secretsmanager:GetSecretValue there/],
    ['DecryptionFailure', 400, '', ForbiddenError, /the caller needs kms:Decrypt on the key/],
    ['InvalidRequestException', 400, 'it is marked for deletion', NotFoundError, /restore it or name another/],
    ['ExpiredTokenException', 400, '', ForbiddenError, /have expired, log in again/],
    ['ThrottlingException', 400, '', UnavailableError, /try again later/],
    ['InternalServiceError', 500, '', UnavailableError, /try again later/],
  ])('that cannot be read is told: %s', async (name, status, message, kind, words) => {
    manager.on(GetSecretValueCommand).rejects(said(name, status, message));
    const error = await awsSecrets()(ARN).catch((reason) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(/^reading secret arn:aws.* of AWS Secrets Manager in us-west-2 failed/);
    expect(error.message).toMatch(words);
  });

  test('that is binary or empty is no text', async () => {
    manager.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array([1]) });
    await expect(awsSecrets()(ARN)).rejects.toThrow(InvalidInputError);
  });
});
