import { z } from 'zod';

/** What evaluate-checks is told by its environment. */
export const environment = z.object({
  GRAPH_SECRET_ARN: z.string().min(1),
  EVALUATIONS_QUEUE_URL: z.url(),
  ALERTS_QUEUE_URL: z.url(),
});

export const readConfig = () => environment.parse(process.env);
