import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { describeEksCluster } from '../../../shared/adapters/aws-eks.ts';
import { ContractError, ForbiddenError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';

const eks = mockClient(EKSClient);
afterEach(() => eks.reset());

const identity = {
  region: async () => 'eu-central-1',
  credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }),
};
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const active = {
  status: 'ACTIVE' as const,
  endpoint: 'https://ABC.gr7.eu-central-1.eks.amazonaws.com',
  certificateAuthority: { data: Buffer.from(PEM).toString('base64') },
  accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' as const },
  resourcesVpcConfig: { endpointPublicAccess: false },
};

describe('an EKS cluster', () => {
  test('tells address, CA as PEM, and how identities get in', async () => {
    eks.on(DescribeClusterCommand, { name: 'prod' }).resolves({ cluster: active });
    expect(await describeEksCluster('prod', identity)).toEqual({
      name: 'prod',
      region: 'eu-central-1',
      endpoint: active.endpoint,
      ca: PEM,
      authenticationMode: 'API_AND_CONFIG_MAP',
      isPrivate: true,
    });
  });

  test.each([
    [
      'ResourceNotFoundException',
      404,
      NotFoundError,
      /there is no such cluster in eu-central-1: check its name, region/,
    ],
    ['AccessDeniedException', 403, ForbiddenError, /the caller needs eks:DescribeCluster there/],
    ['ExpiredTokenException', 403, ForbiddenError, /have expired, log in again/],
    ['UnrecognizedClientException', 403, ForbiddenError, /does not know the credentials/],
    ['ThrottlingException', 429, UnavailableError, /try again later/],
    ['ServerException', 500, UnavailableError, /try again later/],
  ])('that cannot be described is told: %s', async (name, httpStatusCode, kind, words) => {
    eks.on(DescribeClusterCommand).rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } }));
    const error = await describeEksCluster('prod', identity).catch((reason) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(/^looking for EKS cluster prod in eu-central-1 failed/);
    expect(error.message).toMatch(words);
  });

  test('that is being made is to be waited for; one without an address is a broken contract', async () => {
    eks.on(DescribeClusterCommand).resolves({ cluster: { status: 'CREATING' } });
    await expect(describeEksCluster('prod', identity)).rejects.toThrow(UnavailableError);
    eks.on(DescribeClusterCommand).resolves({ cluster: { status: 'FAILED' } });
    await expect(describeEksCluster('prod', identity)).rejects.toThrow(ContractError);
  });
});
