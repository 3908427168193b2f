import { z } from 'zod';
import { fresh } from './freshness.ts';
import type { Operation } from './operation.ts';

export const readHealth = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/health',
  summary: 'Whether the graph answers, and how new it is',
  description: '200 when the graph could be read, else 503. How new it is, is told and not judged.',
  input: z.strictObject({}),
  answer: z.object({ status: z.literal('ok'), ...fresh }),
  fails: [],
} as const satisfies Operation;

export const readOpenapi = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'This description',
  description: 'OpenAPI 3.1.',
  input: z.strictObject({}),
  answer: z.looseObject({ openapi: z.string() }),
  fails: [],
} as const satisfies Operation;
