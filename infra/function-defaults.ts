import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge-wildcards.ts';
import { type Deployment, nameOf } from './deployment.ts';
import { functionCode } from './function-code.ts';
import { declaredBy } from './function-environments.ts';
import { type FunctionName, sizeOf } from './function-table.ts';
import { decrypt } from './grants.ts';
import type { Permission } from './permission.ts';

/** Values for the environment variables that functions declare, by name. */
export type OfferedEnvironment = Readonly<Record<string, string>>;

/**
 * A Lambda of meshgraph: Node 24 on arm64, the ESM bundle of functions/<name>, a role that may write its own log and
 * nothing else until `allow` says so, and exactly the environment its config.ts declares.
 */
export class MeshFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, name: FunctionName, deployment: Deployment, offered: OfferedEnvironment) {
    super(scope, name);
    const { memory, timeout, reserved } = sizeOf(name);
    const { key, network, configuration } = deployment;
    const functionName = nameOf(deployment, name);
    this.logGroup = new LogGroup(this, 'log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: configuration.aws.logRetention,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${functionName} may do`,
    });
    this.lambda = new LambdaFunction(this, 'function', {
      functionName,
      description: `meshgraph: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: functionCode(name, deployment),
      memorySize: memory,
      timeout: Duration.seconds(timeout),
      ...(reserved && deployment.reserveConcurrency && { reservedConcurrentExecutions: reserved }),
      environment: { ...declaredEnvironment(name, offered), NODE_OPTIONS: '--enable-source-maps' },
      environmentEncryption: key,
      role: this.role,
      logGroup: this.logGroup,
      ...network,
    });
    this.allow(
      {
        why: 'its own log; Lambda names the streams in it',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      },
      decrypt(deployment),
      ...networkPermissions(deployment),
    );
  }

  /** Adds to what the function may do. docs/permissions.md says it all at one glance. */
  allow(...permissions: readonly Permission[]): void {
    for (const permission of permissions) {
      const { actions, resources, conditions } = permission;
      acknowledgeWildcards(this.role, permission);
      this.role.addToPrincipalPolicy(
        new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }),
      );
    }
  }
}

/** Those of the offered values that the function declares; a variable nobody offers would fail at its first start. */
function declaredEnvironment(name: FunctionName, offered: OfferedEnvironment): Record<string, string> {
  return Object.fromEntries(
    declaredBy(name).map((variable) => {
      const value = offered[variable];
      if (value === undefined)
        throw new Error(`functions/${name}/config.ts declares ${variable}, which infra does not offer`);
      return [variable, value];
    }),
  );
}

function networkPermissions({ network }: Deployment): Permission[] {
  if (network === undefined) return [];
  return [
    {
      why: 'Lambda makes the network interface of a function in a VPC; these actions know no resource beforehand',
      actions: [
        'ec2:CreateNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ],
      resources: ['*'],
    },
  ];
}
