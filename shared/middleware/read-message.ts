import type { z } from 'zod';
import { InvalidInputError } from '../domain/errors.ts';

/** The message in a record's body. Throws InvalidInputError, which tells where it is wrong and not what it holds. */
export function readMessage<Message>(body: string, schema: z.ZodType<Message>): Message {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new InvalidInputError(`expected a message in JSON, got ${body.length} characters that are not`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'message'} (${code})`);
  throw new InvalidInputError(
    `the message breaks its schema at ${places.join(', ')}: was it sent by another version of meshgraph?`,
  );
}
