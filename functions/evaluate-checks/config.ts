import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What evaluate-checks is told by its environment. */
export const environment = z.object({
  GRAPH_SECRET_ARN: z.string().min(1),
  EVALUATIONS_QUEUE_URL: z.url(),
  ALERTS_QUEUE_URL: z.url(),
});

export const readConfig = () => readEnvironment(environment, process.env);
