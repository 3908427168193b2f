import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const awsRoleShared = defineCheck({
  id: 'aws-role-shared',
  group: 'rbac',
  title: 'an AWS role belongs to one ServiceAccount',
  severity: 'medium',
  rationale:
    'Several ServiceAccounts are annotated with one IAM role (eks.amazonaws.com/role-arn): each has all the others need, and ' +
    "CloudTrail cannot tell their calls apart by role. Read from annotations; the role's own trust policy, and EKS Pod " +
    'Identity, live in AWS and are not seen.',
  remedy:
    'Give each ServiceAccount a role of its own with what it uses, and narrow the trust policy of each to that one.',
  needs: { traffic: false, families: ['serviceaccounts'] },
  parameters: [],
  query,
  population: { noun: 'AWS roles', query: population },
  controls: ['soc2-cc6.3', 'iso27001-a.5.15', 'pci4-7.2', 'nist-ac-6'],
  row: z.object({
    roleKey: z.string(),
    arn: z.string(),
    accountKeys: z.array(z.string()),
    accounts: z.array(z.string()),
  }),
  message: ({ arn, accounts }) =>
    `${arn} may be assumed by ${accounts.length} ServiceAccounts: ${accounts.slice(0, 5).join(', ')}` +
    `${accounts.length > 5 ? ` and ${accounts.length - 5} more` : ''}`,
  about: ({ roleKey, accountKeys }) => [
    { label: 'AwsRole', key: roleKey },
    ...accountKeys.map((key) => ({ label: 'ServiceAccount', key })),
  ],
  fingerprint: ({ arn }) => [arn],
});
