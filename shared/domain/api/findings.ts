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
    firstSeen: instant.describe('The first evaluation that found it, epoch milliseconds.'),
    openedAt: instant.describe('The evaluation that opened it, or opened it again, epoch milliseconds.'),
    lastSeen: instant.describe('The last evaluation that found it, epoch milliseconds.'),
    evaluatedAt: instant.describe(
      'The last evaluation that looked for it, epoch milliseconds; of a resolved one, the one that ended it.',
    ),
    resolvedAt: instant.nullable(),
    acceptance: z
      .object({
        reason: z.string(),
        by: z
          .string()
          .describe('Who accepted it, as the authoriser named the caller; meshgraph.yaml for an exception of it.'),
        at: instant,
        until: instant.describe('The first instant it no longer holds, epoch milliseconds.'),
      })
      .nullable()
      .describe('Of an accepted finding; null of others.'),
    flappingSince: instant.nullable().describe('Since when it opens and resolves again and again; null of others.'),
    namespaces: z.array(z.string()).describe('Of what it is about, when it last changed its state.'),
    owners: z.array(z.string()).describe('Likewise, from the entity model.'),
    about: z.array(z.object({ label: z.string(), key: z.string(), name: z.string().nullable() })),
    row: z.record(z.string(), z.unknown()).describe("The check's row: the evidence."),
  })
  .meta({ id: 'Finding' });

export type FindingAnswer = z.infer<typeof finding>;

const lived = finding
  .extend({
    history: z
      .array(
        z.object({
          state: z.enum(FINDING_STATES),
          at: instant,
          by: z.string().optional().describe('Who did it; meshgraph.yaml for an exception; absent of an evaluation.'),
          why: z.string().optional(),
          until: instant.optional().describe('Of an acceptance: the first instant it no longer holds.'),
        }),
      )
      .describe('Each state it entered, oldest first: the first entry and the newest 99.'),
  })
  .meta({ id: 'FindingWithHistory' });

export type LivedFinding = z.infer<typeof lived>;

const id = z.string().min(1).describe("The finding's `id`.");
const reason = z.string().trim().min(1).max(1_000);

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
    namespace: z.string().min(1).optional().describe('Only about something in this namespace.'),
    owner: z.string().min(1).optional().describe('Only about something of this owner.'),
    limit: limit(200, 100),
    cursor,
  }),
  answer: z.object({
    findings: z.array(finding),
    total: z
      .int()
      .nonnegative()
      .nullable()
      .describe('How many pass the filters, on all pages: told on the first one, else null.'),
    next,
    ...fresh,
  }),
  fails: [404],
} as const satisfies Operation;

export const readFinding = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/findings/{id}',
  summary: 'One finding with its history',
  description: 'Each state it entered, when, by whom and why.',
  input: z.strictObject({ id, cluster }),
  answer: z.object({ finding: lived, ...fresh }),
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
    id,
    reason: reason.describe('Why this is acceptable, for whoever reads it next year.'),
    until: z.iso.date({ error: 'expected the last day it holds, like 2027-03-31' }).describe('The last day it holds.'),
    cluster,
  }),
  answer: z.object({ finding, ...fresh }),
  fails: [404],
} as const satisfies Operation;

export const reopenFinding = {
  servedBy: 'answer-query',
  method: 'POST',
  path: '/v1/findings/{id}/reopen',
  summary: 'End the acceptance of a finding before its day',
  description:
    'It is open again at once. One that is open already stays as it is. What an exception of the configuration accepts ' +
    'is reopened there, and a resolved one by its check.',
  input: z.strictObject({
    id,
    reason: reason.describe('Why it is not acceptable any more.'),
    cluster,
  }),
  answer: z.object({ finding, ...fresh }),
  fails: [404],
} as const satisfies Operation;
