import type { z } from 'zod';
import { InvalidInputError } from '../../shared/domain/errors.ts';

/**
 * What flags say, as an operation of the API takes it. Throws InvalidInputError that names the flag at fault: `flag`, or the
 * parameter of that name.
 */
export function readAsked<Schema extends z.ZodType>(schema: Schema, told: unknown, flag?: string): z.output<Schema> {
  const asked = schema.safeParse(told);
  if (asked.success) return asked.data;
  const [fault] = asked.error.issues;
  throw new InvalidInputError(`--${flag ?? fault?.path.join('.')}: ${fault?.message}`);
}
