import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What answer-query is told by its environment. Long answers go to `RESULTS_PREFIX` of the bucket. */
export const environment = z.object({
  GRAPH_SECRET_ARN: z.string().min(1),
  OBSERVATIONS_BUCKET: z.string().min(1),
  RESULTS_PREFIX: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*\/$/, { error: 'expected a key prefix that ends in a slash, like results/' }),
});

/** The SDK's own variables for where S3 is, when it is not AWS's own. */
const elsewhere = z.object({ AWS_ENDPOINT_URL_S3: z.string().optional(), AWS_ENDPOINT_URL: z.string().optional() });

/** Where the graph's login is, and where long answers go. */
export function readConfig() {
  const { GRAPH_SECRET_ARN, OBSERVATIONS_BUCKET, RESULTS_PREFIX } = readEnvironment(environment, process.env);
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = elsewhere.parse(process.env);
  const endpoint = AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL;
  return { graphSecret: GRAPH_SECRET_ARN, results: { bucket: OBSERVATIONS_BUCKET, prefix: RESULTS_PREFIX, endpoint } };
}
