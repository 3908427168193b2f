import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { endOfDay } from '../instant.ts';
import { positiveDuration } from './scalars.ts';

/** What the configuration must know of a check to judge what is said about it. */
export type ConfigurableCheck = {
  readonly id: string;
  readonly parameters: readonly { readonly name: string; readonly meaning: string }[];
};

/** `any`: they were looked at when the configuration was deployed, and who reads it now need not carry the checks. */
export type KnownChecks = readonly ConfigurableCheck[] | 'any';

const exception = z.strictObject({
  where: z
    .record(z.string(), z.string())
    .refine((where) => Object.keys(where).length > 0, { error: 'expected at least one column and its value' })
    .describe("Columns of the check's row and the values they must all have."),
  reason: z
    .string()
    .min(1, { error: 'expected the reason' })
    .describe('Why this is acceptable, for whoever reads it next year.'),
  until: z.iso
    .date({ error: 'expected the last day it holds, like 2027-03-31' })
    .transform(endOfDay)
    .describe('The last day (UTC) it holds; the finding comes back on the day after.'),
});

const common = {
  enabled: z.boolean().default(true),
  severity: z.enum(SEVERITIES).optional().describe("Default: the check's own."),
  exceptions: z.array(exception).default([]),
};

const check = z.strictObject({ ...common, parameters: z.record(z.string(), positiveDuration).prefault({}) });

export type CheckConfiguration = z.infer<typeof check>;

type CheckConfigurations = Readonly<Record<string, CheckConfiguration>>;

type ChecksSchema = z.ZodPrefault<z.ZodType<CheckConfigurations, Readonly<Record<string, unknown>>>>;

/**
 * What differs from the checks' own settings, by id; parameters in milliseconds. An exception's `until` becomes the
 * first instant it no longer holds.
 */
export function checksSchema(known: KnownChecks): ChecksSchema {
  const schema = (known === 'any' ? z.record(z.string(), check) : z.strictObject(shapeOf(known))).prefault({});
  return schema.describe('What differs from the checks as docs/checks.md lists them, by id.') as never;
}

/** The same where there may be others, whose ids are not known here. */
export function openChecksSchema(known: readonly ConfigurableCheck[]): ChecksSchema {
  const other = z.strictObject(common);
  return z
    .object(shapeOf(known))
    .catchall(other.transform((one) => ({ ...one, parameters: {} })))
    .prefault({}) as never;
}

function shapeOf(known: readonly ConfigurableCheck[]) {
  const shape = known.map(({ id, parameters }) => {
    const settings = parameters.map(({ name, meaning }) => [name, positiveDuration.optional().describe(meaning)]);
    const schema = z.strictObject({ ...common, parameters: z.strictObject(Object.fromEntries(settings)).prefault({}) });
    return [id, schema.optional()];
  });
  return Object.fromEntries(shape);
}
