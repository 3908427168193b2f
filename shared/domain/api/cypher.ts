import { z } from 'zod';
import { fresh } from './freshness.ts';
import type { Operation } from './operation.ts';

export const runCypher = {
  servedBy: 'answer-query',
  method: 'POST',
  path: '/v1/cypher',
  summary: 'Run one reading Cypher statement',
  description:
    'Only where `api.cypher.enabled` is set, for an authenticated caller. The statement must read: the server says so ' +
    'of its plan before it is run, in a session that cannot write, for a limited time and number of rows. LOAD CSV, ' +
    'administration, procedures and functions beyond a short list are refused.',
  input: z.strictObject({
    statement: z.string().min(1).max(20_000).describe('One statement of Cypher 5.'),
    parameters: z.record(z.string(), z.unknown()).prefault({}).describe('Values of its `$parameters`.'),
  }),
  answer: z.object({
    rows: z.array(z.record(z.string(), z.unknown())),
    truncated: z.boolean().describe('There were more rows than may be answered.'),
    ...fresh,
  }),
  fails: [],
} as const satisfies Operation;
