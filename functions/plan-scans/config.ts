import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What plan-scans is told by its environment. */
export const environment = z.object({
  OBSERVATIONS_BUCKET: z.string().min(1),
  TRAFFIC_SCANS_QUEUE_URL: z.url(),
  CLUSTER_SCANS_QUEUE_URL: z.url(),
  CERTIFICATE_SCANS_QUEUE_URL: z.url(),
});

export const readConfig = () => readEnvironment(environment, process.env);
