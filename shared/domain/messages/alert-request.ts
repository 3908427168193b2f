import { z } from 'zod';

export const ALERT_REQUEST_SCHEMA = 'meshgraph.alert-request/v1';

/**
 * Asks send-alerts to tell what changed in the evaluation of one cluster as of `at` (epoch ms), and what older changes
 * still wait. The changes themselves are in the graph: a first evaluation has more of them than a message can hold.
 */
export const alertRequest = z.strictObject({
  schema: z.literal(ALERT_REQUEST_SCHEMA),
  cluster: z.string().min(1),
  at: z.int().nonnegative(),
});

export type AlertRequest = z.infer<typeof alertRequest>;
