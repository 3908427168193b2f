import { z } from 'zod';

export const OBSERVATION_POINTER_SCHEMA = 'meshgraph.observation-pointer/v1';

/**
 * Tells write-graph where an observation lies: observations outgrow a queue's message body. `key` is the object's key in
 * the observations bucket (shared/domain/observation-key.ts); `at` (epoch ms) is the observation's own instant.
 */
export const observationPointer = z.strictObject({
  schema: z.literal(OBSERVATION_POINTER_SCHEMA),
  cluster: z.string().min(1),
  source: z.enum(['traffic', 'cluster', 'certificates']),
  id: z.string().min(1),
  at: z.int().nonnegative(),
  key: z.string().min(1),
});

export type ObservationPointer = z.infer<typeof observationPointer>;
