import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Configuration } from '../shared/domain/configuration.ts';
import type { Network } from './deployment.ts';

/** The user's VPC by what the configuration says of it: nothing is looked up, synth asks no AWS. */
export function configuredNetwork(scope: Construct, { aws }: Configuration): Network | undefined {
  if (aws.vpc === undefined) return undefined;
  const { id, subnetIds, securityGroupIds, availabilityZones } = aws.vpc;
  return {
    vpc: Vpc.fromVpcAttributes(scope, 'vpc', { vpcId: id, availabilityZones, privateSubnetIds: subnetIds }),
    securityGroups: securityGroupIds.map((group) =>
      SecurityGroup.fromSecurityGroupId(scope, group, group, { mutable: false }),
    ),
  };
}
