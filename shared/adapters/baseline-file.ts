import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createGunzip, gunzip, gzip } from 'node:zlib';
import { BUNDLE_SCHEMA } from '../domain/bundle/record.ts';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';
import type { Baseline } from '../gate/baseline.ts';
import { parseBaseline } from '../gate/parse-baseline.ts';

/** Writes a Baseline as JSON, gzipped where the name ends in .gz. What was there stays until the new one is whole. */
export async function writeBaselineFile(path: string, baseline: Baseline): Promise<void> {
  const json = `${JSON.stringify(baseline)}\n`;
  const draft = `${path}.${process.pid}.part`;
  try {
    await writeFile(draft, path.endsWith('.gz') ? await promisify(gzip)(json) : json);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new InvalidInputError(`the baseline ${path} cannot be written (${code ?? message})`, { cause });
  }
}

/** Reads a Baseline, gzipped or not. `shown` is how messages call the file. Throws InvalidInputError and NotFoundError. */
export async function readBaselineFile(path: string, shown = path): Promise<Baseline> {
  const bytes = await readFile(path).catch(cannotRead(shown));
  const text = (isGzip(bytes) ? await unzipped(bytes, shown) : bytes).toString('utf8');
  if (isBundle(text.slice(0, FIRST))) {
    throw new InvalidInputError(`${shown} is a bundle of \`meshgraph capture\`, not a baseline`);
  }
  return parseBaseline(text, shown);
}

/** Whether a file that holds a mesh is a bundle: told by how it begins, never by its name. */
export async function isBundleFile(path: string, shown = path): Promise<boolean> {
  const file = await open(path).catch(cannotRead(shown));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST), 0, FIRST, 0).catch(cannotRead(shown));
    const bytes = buffer.subarray(0, bytesRead);
    return isBundle(isGzip(bytes) ? await beginningOf(bytes) : bytes.toString('utf8'));
  } finally {
    await file.close();
  }
}

const FIRST = 4096;
const BUNDLE = BUNDLE_SCHEMA.slice(0, BUNDLE_SCHEMA.indexOf('/') + 1);

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isBundle = (beginning: string): boolean => new RegExp(`^\\s*\\{\\s*"schema"\\s*:\\s*"${BUNDLE}`).test(beginning);

/** As much as the first bytes of a gzip give; what is wrong with it, its reader says. */
async function beginningOf(bytes: Buffer): Promise<string> {
  const zipped = createGunzip();
  zipped.end(bytes);
  let text = '';
  try {
    for await (const part of zipped) text += (part as Buffer).toString('utf8');
  } catch {
    return text;
  }
  return text;
}

function unzipped(bytes: Buffer, shown: string): Promise<Buffer> {
  return promisify(gunzip)(bytes).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'Z_BUF_ERROR' ? 'is cut off: its gzip ends in the middle' : 'is damaged: its gzip is wrong';
    throw new InvalidInputError(`${shown} ${why} (${cause.code}). Copy it again, or export a new one.`, { cause });
  });
}

const cannotRead =
  (shown: string) =>
  (cause: NodeJS.ErrnoException): never => {
    if (cause.code === 'ENOENT') throw new NotFoundError(`there is no file ${shown}`, { cause });
    throw new InvalidInputError(`${shown} cannot be read (${cause.code ?? cause.message})`, { cause });
  };
