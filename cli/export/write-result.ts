import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import type { Io } from '../io.ts';

/** Writes a result to stdout, or to the file named, which it says on stderr. */
export async function writeResult(
  io: Pick<Io, 'out' | 'err' | 'cwd'>,
  file: string | undefined,
  text: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  if (file === undefined) {
    for await (const part of text) io.out(part);
    return;
  }
  const path = resolve(io.cwd, file);
  try {
    await pipeline(text, createWriteStream(path));
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined) throw cause;
    throw new InvalidInputError(`${path} cannot be written (${code})`, { cause });
  }
  io.err(`written to ${path}\n`);
}
