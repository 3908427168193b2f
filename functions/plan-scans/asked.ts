import { z } from 'zod';

const instant = z.int().nonnegative();

/** When what was last asked for, in epoch ms: objects, certificates, and each window not read yet by `<from>-<to>`. */
export const asked = z.strictObject({
  cluster: instant.optional(),
  certificates: instant.optional(),
  windows: z.record(z.string(), instant),
});

export type Asked = z.infer<typeof asked>;

export const NOTHING_ASKED: Asked = { windows: {} };
