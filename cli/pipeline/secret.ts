import { readFile } from 'node:fs/promises';
import type { Secret } from '../../shared/domain/configuration/scalars.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';

/** The text of a secret the configuration names. `purpose` says in messages what it is for. */
export async function readSecret({ env }: Pick<Io, 'env'>, secret: Secret, purpose: string): Promise<string> {
  if ('file' in secret) return (await readText(secret.file, purpose)).trim();
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
