import { InvalidInputError } from '../domain/errors.ts';
import type { GraphAccess } from '../graph/connection.ts';
import { parseFields } from './secret-text.ts';

/** Our own keys, and those of the credentials file that Aura gives for an instance. */
const FORMS = [
  ['uri', 'username', 'password'],
  ['NEO4J_URI', 'NEO4J_USERNAME', 'NEO4J_PASSWORD'],
] as const;

/**
 * Address and login of Neo4j out of a secret's text: JSON {uri, username, password}, or with Aura's own keys. Messages name
 * the keys that came, never a value.
 */
export function parseGraphSecret(text: string, secret: string): GraphAccess {
  const fields = parseFields(text);
  for (const keys of FORMS) {
    const [uri, username, password] = keys.map((key) => fields?.[key]);
    if (isText(uri) && isText(username) && isText(password)) return { uri, username, password };
  }
  const came = fields === undefined ? 'no JSON object' : `the keys ${Object.keys(fields).join(', ') || '(none)'}`;
  throw new InvalidInputError(
    `secret ${secret} should hold the address and login of Neo4j as JSON {"uri", "username", "password"} ` +
      `(or NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD), each a text that is not empty; it has ${came}`,
  );
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
