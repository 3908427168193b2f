import { RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { OwnCheck } from '../shared/checks/own-checks/own-check.ts';
import type { ConfigurationDocument } from '../shared/domain/configuration/document.ts';
import type { Configuration } from '../shared/domain/configuration.ts';

export type Network = { readonly vpc: IVpc; readonly securityGroups: ISecurityGroup[] };

/** What every construct of one deployment shares. */
export type Deployment = {
  readonly configuration: Configuration;
  /** The same as it was written: what the functions are handed. */
  readonly document: ConfigurationDocument;
  /** Checks of the user's own, which functions take along. */
  readonly ownChecks: readonly OwnCheck[];
  /** Folder that relative paths of the configuration start at. */
  readonly directory: string;
  /** Folder with a folder for each function, index.mjs in it. */
  readonly bundles: string;
  readonly reserveConcurrency: boolean;
  /** Encrypts everything that rests: observations, messages, logs. */
  readonly key: IKey;
  readonly network: Network | undefined;
};

/** `meshgraph-traffic-scans`: names begin with the stack's, so that people find them and two stacks do not collide. */
export const nameOf = ({ configuration }: Pick<Deployment, 'configuration'>, part: string): string =>
  `${configuration.aws.stackName}-${part}`;

/** What becomes of data when the stack is deleted. */
export const removalOf = ({ configuration }: Pick<Deployment, 'configuration'>): RemovalPolicy =>
  configuration.aws.removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
