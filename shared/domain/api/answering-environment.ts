import { z } from 'zod';
import { readEnvironment } from '../environment.ts';

/** What a function that answers the API from the graph is told by its environment. Long answers go to `RESULTS_PREFIX`. */
export const answeringEnvironment = z.object({
  GRAPH_SECRET_ARN: z.string().min(1),
  OBSERVATIONS_BUCKET: z.string().min(1),
  RESULTS_PREFIX: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*\/$/, { error: 'expected a key prefix that ends in a slash, like results/' }),
});

/** The SDK's own variables for where S3 is, when it is not AWS's own. */
const elsewhere = z.object({ AWS_ENDPOINT_URL_S3: z.string().optional(), AWS_ENDPOINT_URL: z.string().optional() });

/** Where the graph's login is, and where long answers go. */
export function readAnsweringEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const { GRAPH_SECRET_ARN, OBSERVATIONS_BUCKET, RESULTS_PREFIX } = readEnvironment(answeringEnvironment, variables);
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = elsewhere.parse(variables);
  const endpoint = AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL;
  return { graphSecret: GRAPH_SECRET_ARN, results: { bucket: OBSERVATIONS_BUCKET, prefix: RESULTS_PREFIX, endpoint } };
}
