import { z } from 'zod';

const exception = z.strictObject({
  where: z
    .record(z.string(), z.string())
    .refine((where) => Object.keys(where).length > 0, { error: 'expected at least one column and its value' })
    .describe('Columns of the finding and the values they must all have.'),
  reason: z
    .string()
    .min(1, { error: 'expected the reason' })
    .describe('Why this is acceptable, for whoever reads it next year.'),
  until: z.iso
    .date({ error: 'expected the last day it holds, like 2027-03-31' })
    .transform((day) => Date.parse(day) + 86_400_000)
    .describe('The last day (UTC) it holds; the finding comes back on the day after.'),
});

const check = z.strictObject({
  enabled: z.boolean().default(true),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']).optional().describe("Default: the check's own."),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe("The check's own settings, as docs/checks.md lists them."),
  exceptions: z.array(exception).default([]),
});

/** What differs from a check's own defaults, by its id. `until` becomes the first instant it no longer holds. */
export const checks = z.record(z.string(), check).default({}).describe('By id of the check; see docs/checks.md.');

export type CheckConfiguration = z.infer<typeof check>;
export type CheckException = z.infer<typeof exception>;
