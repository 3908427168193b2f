import { z } from 'zod';
import type { Operation } from './operation.ts';

export const gateRelease = {
  servedBy: 'gate-release',
  method: 'POST',
  path: '/v1/gate',
  summary: 'Judge manifests before they are applied',
  description: 'Not there yet: it answers 501.',
  input: z.looseObject({}),
  answer: z.never(),
  fails: [501],
} as const satisfies Operation;
