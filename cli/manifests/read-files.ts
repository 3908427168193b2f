import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';

/** A text and how messages call it. */
export type ManifestFile = { readonly file: string; readonly text: string };

const MANIFEST = /\.(ya?ml|json)$/;
const MEGABYTE = 1_000_000;
/** Of all files together: some 80,000 objects, which take half a minute. What is more than that is no change. */
const MOST_BYTES = 32 * MEGABYTE;

/**
 * The texts of files, of every .yaml, .yml and .json below directories, and of stdin for `-`, each once. Throws
 * NotFoundError for what is not there, InvalidInputError for what cannot be read, is no text, or is too much.
 */
export async function readFiles(io: Pick<Io, 'cwd' | 'stdin'>, paths: readonly string[]): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  let left = MOST_BYTES;
  for (const path of new Set((await Promise.all(paths.map((one) => filesOf(io.cwd, one)))).flat())) {
    const file = path === '-' ? 'stdin' : relative(io.cwd, path) || path;
    const bytes = await readUpTo(left, file, path === '-' ? stdinOf(io) : createReadStream(path));
    left -= bytes.length;
    files.push({ file, text: textOf(bytes, file) });
  }
  return files;
}

async function filesOf(cwd: string, given: string): Promise<string[]> {
  if (given === '-') return ['-'];
  const path = resolve(cwd, given);
  const found = await stat(path).catch((cause) => {
    throw new NotFoundError(`there is no file or directory ${given}`, { cause });
  });
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw unreadable(given, cause);
  });
  return entries
    .filter((entry) => MANIFEST.test(entry.name) && !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function stdinOf({ stdin }: Pick<Io, 'stdin'>): AsyncIterable<Uint8Array> {
  if (stdin === undefined) throw new InvalidInputError('there is no stdin to read manifests from');
  return stdin();
}

async function readUpTo(most: number, file: string, chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > most) break;
      read.push(chunk);
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
  if (length <= most) return Buffer.concat(read);
  throw new InvalidInputError(
    `${file} makes it more than ${MOST_BYTES / MEGABYTE} MB of manifests: give those of one change`,
  );
}

const unreadable = (file: string, cause: unknown) =>
  new InvalidInputError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`, { cause });

function textOf(bytes: Buffer, file: string): string {
  const at = bytes.indexOf(0);
  const line = at < 0 ? 1 : bytes.subarray(0, at).toString('latin1').split('\n').length;
  const refused = (cause?: unknown) =>
    new InvalidInputError(`${file}:${line}: this is no text in UTF-8: give rendered YAML or JSON`, { cause });
  if (at >= 0) throw refused();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refused(cause);
  }
}
