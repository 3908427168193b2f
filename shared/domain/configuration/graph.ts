import { z } from 'zod';
import { region } from './aws-scalars.ts';

/** The graph of a deployed meshgraph. Commands on a laptop take NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD instead. */
export const graph = z
  .strictObject({
    secret: z
      .string()
      .regex(/^([\w/+=.@-]{1,512}|arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+)$/, {
        error: 'expected the name or the ARN of a secret of AWS Secrets Manager',
      })
      .optional()
      .describe(
        'Name or ARN of the secret of AWS Secrets Manager with the address and login of Neo4j, as JSON {uri, username, ' +
          'password} or with the keys of an Aura credentials file. Needed to deploy.',
      ),
    region: region.optional().describe('Where a secret given by name is. Default: aws.region.'),
  })
  .prefault({})
  .describe('Where a deployed meshgraph finds its Neo4j.');

export type GraphConfiguration = z.infer<typeof graph>;
