import { z } from 'zod';

export const region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'expected an AWS region like eu-central-1' })
  .describe('Default: aws.region, then that of the AWS environment.');

export const accountId = z
  .string({ error: 'expected an AWS account of 12 digits, in quotes' })
  .regex(/^\d{12}$/, { error: 'expected an AWS account of 12 digits, in quotes' });

const ROLE_ARN = /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** A role to be taken on before AWS is asked: how a cluster or workspace of another account is reached. */
export const assumedRole = {
  region: region.optional(),
  roleArn: z
    .string()
    .regex(ROLE_ARN, { error: 'expected the ARN of a role like arn:aws:iam::123456789012:role/meshgraph' })
    .optional()
    .describe('Role to assume, of another account. Default: the credentials at hand.'),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, { error: 'expected 2 to 1224 letters, digits or +=,.@:/-' })
    .optional()
    .describe("The external id the role's trust policy asks for, if it does."),
};

/** Where in AWS, and as whom. */
export type AwsPlace = {
  readonly region?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
};
