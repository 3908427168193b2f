import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What read-cluster is told by its environment. */
export const environment = z.object({
  OBSERVATIONS_BUCKET: z.string().min(1),
  OBSERVATIONS_QUEUE_URL: z.url(),
});

export const readConfig = () => readEnvironment(environment, process.env);
