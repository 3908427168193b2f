import type { Conditions } from 'aws-cdk-lib/aws-iam';

/** One thing a role may do, and the reason it must. Where a resource is a wildcard, the reason says why. */
export type Permission = {
  readonly why: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
};
