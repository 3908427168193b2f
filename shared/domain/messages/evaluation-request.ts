import { z } from 'zod';

export const EVALUATION_REQUEST_SCHEMA = 'meshgraph.evaluation-request/v1';

/** Asks evaluate-checks to judge one cluster as of `at` (epoch ms): the schedule and the writer ask as of now. */
export const evaluationRequest = z.strictObject({
  schema: z.literal(EVALUATION_REQUEST_SCHEMA),
  cluster: z.string().min(1),
  at: z.int().nonnegative(),
});

export type EvaluationRequest = z.infer<typeof evaluationRequest>;
