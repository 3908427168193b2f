import { readFile } from 'node:fs/promises';
import type { Secret } from '../domain/configuration/scalars.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { keptSecrets } from './kept-secrets.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The text of a secret the configuration names. `purpose` says in messages what it is for. */
export async function readSecret({ env }: { env: Environment }, secret: Secret, purpose: string): Promise<string> {
  if ('file' in secret) return (await readText(secret.file, purpose)).trim();
  if ('secret' in secret) return keyOf(await keptSecrets().read(secret.secret, secret.region), secret, purpose);
  const value = env[secret.env];
  if (value) return value;
  throw new InvalidInputError(`the environment variable ${secret.env} is not set: it should hold ${purpose}`);
}

/** A file the configuration names. */
export async function readText(path: string, purpose: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new InvalidInputError(`${path} cannot be read (${cause.code}): it should hold ${purpose}`, { cause });
  });
}

function keyOf(text: string, { secret, key }: { secret: string; key?: string | undefined }, purpose: string): string {
  if (key === undefined) return text.trim();
  const fields = parseFields(text);
  const value = fields?.[key];
  if (typeof value === 'string' && value !== '') return value;
  // Never the text itself, nor a parser's message that quotes it: they end in logs.
  const came = fields === undefined ? 'it is no JSON object' : `it has the keys ${Object.keys(fields).join(', ')}`;
  throw new InvalidInputError(`secret ${secret} should hold ${purpose} as text under the key "${key}", but ${came}`);
}

/** A secret's text as a JSON object, or undefined: a parser's own message would quote it. */
export function parseFields(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
