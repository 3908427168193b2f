import { z } from 'zod';

export const instant = z.int().describe('Epoch milliseconds, UTC.');

const age = z.int().nullable();

/** How new what an answer says is: one a cluster spoken of. */
export const freshness = z
  .object({
    cluster: z.string(),
    at: instant.describe('The instant the answer is of, epoch milliseconds.'),
    newest: z
      .object({ traffic: instant.nullable(), cluster: instant.nullable(), certificates: instant.nullable() })
      .describe('The newest scan of each source up to `at`; null = there is none.'),
    ageMs: z
      .object({ traffic: age, cluster: age, certificates: age })
      .describe('How long before `at` that was, in milliseconds.'),
    notes: z.array(z.string()).describe('What the scans behind the answer did not see, one sentence each.'),
  })
  .meta({ id: 'Freshness' });

export type Freshness = z.infer<typeof freshness>;

/** What every answer about the graph carries. */
export const fresh = { freshness: z.array(freshness) };
