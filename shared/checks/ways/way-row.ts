import { z } from 'zod';

/** A row of hops.cypher: who reached `key` in one way, as one layer tells it. `byDefault`: the default policy that let them in. */
const hopRow = z.object({
  layer: z.enum(['CALLED', 'ARRIVED_AT']),
  key: z.string(),
  port: z.number(),
  mTls: z.boolean(),
  letIn: z.boolean(),
  byDefault: z.string().nullable(),
  from: z.array(z.string()),
});

/** A row of facts.cypher: `from` are the keys of workloads (or externals) the fact is of, and nothing for NODE. */
const factRow = z.object({
  layer: z.enum(['NODE', 'CARRIED_BY', 'HELD_BY', 'EXPOSED', 'UNOWNED', 'POWER']),
  key: z.string(),
  label: z.string().nullable(),
  name: z.string().nullable(),
  from: z.array(z.string()),
});

export const wayRow = z.union([hopRow, factRow]);

export type HopRow = z.infer<typeof hopRow>;
export type FactRow = z.infer<typeof factRow>;
export type WayRow = HopRow | FactRow;
