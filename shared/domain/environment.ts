import type { z } from 'zod';
import { InvalidInputError } from './errors.ts';

/**
 * What a function is told by its environment. Throws InvalidInputError with every variable that is missing or wrong; the
 * values stay out of it.
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  environment: z.ZodObject<Shape>,
  variables: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> {
  const parsed = environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`);
  throw new InvalidInputError(`the function's environment is wrong at ${wrong.join(', ')}: deploy the stack again`);
}
