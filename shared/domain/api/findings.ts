import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { cluster, cursor, limit, next } from './asked.ts';
import { fresh, instant } from './freshness.ts';
import type { Operation } from './operation.ts';

export const FINDING_STATES = ['open', 'accepted', 'resolved'] as const;

const finding = z
  .object({
    id: z.string().describe('The fingerprint: the same for the same violation at every evaluation.'),
    cluster: z.string(),
    check: z.string(),
    severity: z.enum(SEVERITIES),
    state: z.enum(FINDING_STATES),
    message: z.string(),
    remedy: z.string().nullable().describe('What to do; null for a check this version does not know.'),
    openedAt: instant,
    lastSeen: instant.describe('The last evaluation that found it, epoch milliseconds.'),
    evaluatedAt: instant.describe('The last evaluation that judged its check, epoch milliseconds.'),
    resolvedAt: instant.nullable(),
    acceptance: z
      .object({
        reason: z.string(),
        by: z.string().describe('Who accepted it, as the authoriser named the caller.'),
        at: instant,
        until: instant.describe('The first instant it no longer holds, epoch milliseconds.'),
      })
      .nullable()
      .describe('Of a finding accepted here; null where it was not, or by an exception of the configuration.'),
    about: z.array(z.object({ label: z.string(), key: z.string(), name: z.string().nullable() })),
    row: z.record(z.string(), z.unknown()).describe("The check's row: the evidence."),
  })
  .meta({ id: 'Finding' });

export type FindingAnswer = z.infer<typeof finding>;

export const listFindings = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/findings',
  summary: 'The findings and their states',
  description: 'Newest opened first. Filters are joined by "and".',
  input: z.strictObject({
    cluster: z.string().min(1).optional().describe('Only of this cluster.'),
    state: z.enum(FINDING_STATES).optional().describe('Only in this state.'),
    severity: z.enum(SEVERITIES).optional().describe('Only of this severity or a graver one.'),
    check: z.string().min(1).optional().describe('Only of this check.'),
    limit: limit(200, 100),
    cursor,
  }),
  answer: z.object({ findings: z.array(finding), next, ...fresh }),
  fails: [404],
} as const satisfies Operation;

export const acceptFinding = {
  servedBy: 'answer-query',
  method: 'POST',
  path: '/v1/findings/{id}/accept',
  summary: 'Accept a finding until a day',
  description:
    'It stays accepted, whatever evaluations find, through the last day named (UTC), and opens again after it. The ' +
    'same acceptance twice changes nothing. A resolved finding cannot be accepted.',
  input: z.strictObject({
    id: z.string().min(1).describe("The finding's `id`."),
    reason: z.string().trim().min(1).max(1_000).describe('Why this is acceptable, for whoever reads it next year.'),
    until: z.iso.date({ error: 'expected the last day it holds, like 2027-03-31' }).describe('The last day it holds.'),
    cluster,
  }),
  answer: z.object({ finding, ...fresh }),
  fails: [404],
} as const satisfies Operation;
