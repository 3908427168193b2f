import { z } from 'zod';

/** What answer-query is told by its environment. Long answers go to `RESULTS_PREFIX` of the bucket. */
export const environment = z.object({
  GRAPH_SECRET_ARN: z.string().min(1),
  OBSERVATIONS_BUCKET: z.string().min(1),
  RESULTS_PREFIX: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*\/$/, { error: 'expected a key prefix that ends in a slash, like results/' }),
});

export const readConfig = () => environment.parse(process.env);
