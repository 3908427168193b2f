import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { fresh, instant } from './freshness.ts';
import type { Operation } from './operation.ts';

const finding = z
  .object({
    key: z.string(),
    fingerprint: z.string(),
    check: z.string(),
    severity: z.enum(SEVERITIES),
    message: z.string(),
    about: z.array(z.object({ label: z.string(), key: z.string() })),
    row: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CheckFinding' });

const result = z
  .object({
    check: z.object({ id: z.string(), group: z.string(), title: z.string(), remedy: z.string() }),
    severity: z.enum(SEVERITIES),
    status: z
      .enum(['clean', 'violated', 'unknown'])
      .describe('unknown = it cannot be judged, for `reason`. What is clean only so far has a reason too.'),
    findings: z.array(finding),
    accepted: z.array(z.object({ finding, reason: z.string() })),
    reason: z.string().optional(),
  })
  .meta({ id: 'CheckResult' });

const judged = z.object({
  cluster: z.string(),
  since: instant,
  at: instant,
  notes: z.array(z.string()),
  results: z.array(result),
});

export type JudgedCluster = z.infer<typeof judged>;

export const readChecks = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/checks',
  summary: 'Every check as it stands now',
  description:
    'Read from the findings that evaluations wrote and from the ledger of scans: a check whose scans are missing or ' +
    'too old is unknown, never clean.',
  input: z.strictObject({
    cluster: z.string().min(1).optional().describe('Only this cluster.'),
    check: z.string().min(1).optional().describe('Only this check.'),
  }),
  answer: z.object({ evaluations: z.array(judged), ...fresh }),
  fails: [404],
} as const satisfies Operation;
