import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What write-graph is told by its environment. */
export const environment = z.object({
  OBSERVATIONS_BUCKET: z.string().min(1),
  EVALUATIONS_QUEUE_URL: z.url(),
  GRAPH_SECRET_ARN: z.string().min(1),
});

export const readConfig = () => readEnvironment(environment, process.env);
