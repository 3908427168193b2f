import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import { ContractError, UnavailableError } from '../domain/errors.ts';
import type { AwsIdentity } from './aws-credentials.ts';

export type EksCluster = {
  readonly name: string;
  readonly region: string;
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
  /** How AWS identities become users of the cluster: access entries need API or API_AND_CONFIG_MAP. */
  readonly authenticationMode: string | undefined;
  /** Only a VPC's own machines reach a cluster whose endpoint is private. */
  readonly isPrivate: boolean;
};

/** Asks EKS where a cluster's API server is and which CA signed it. Throws the errors of shared/domain/errors.ts. */
export async function describeEksCluster(name: string, identity: AwsIdentity): Promise<EksCluster> {
  const region = await identity.region();
  const client = new EKSClient({ ...AWS_CLIENT, region, credentials: identity.credentials });
  const { cluster } = await client.send(new DescribeClusterCommand({ name })).catch((error) => {
    throw awsError(error, {
      doing: `looking for EKS cluster ${name} in ${region}`,
      action: 'eks:DescribeCluster',
      whenMissing: `there is no such cluster in ${region}: check its name, region and account (roleArn)`,
    });
  });
  if (cluster?.status === 'CREATING' || cluster?.status === 'PENDING') {
    throw new UnavailableError(`EKS cluster ${name} in ${region} is still being created: try again when it is active`);
  }
  const { endpoint, certificateAuthority, accessConfig, resourcesVpcConfig } = cluster ?? {};
  if (!endpoint || !certificateAuthority?.data) {
    throw new ContractError(
      `expected address and CA of EKS cluster ${name} in ${region}, got none: its status is ${cluster?.status}`,
    );
  }
  return {
    name,
    region,
    endpoint,
    ca: Buffer.from(certificateAuthority.data, 'base64').toString('utf8'),
    authenticationMode: accessConfig?.authenticationMode,
    isPrivate: resourcesVpcConfig?.endpointPublicAccess === false,
  };
}
