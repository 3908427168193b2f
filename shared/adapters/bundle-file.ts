import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { bundleWriter, type OpenBundle, openBundleLines } from '../domain/bundle/bundle-lines.ts';
import type { BundleHeader, BundleRecord } from '../domain/bundle/record.ts';
import { InvalidInputError, NotFoundError } from '../domain/errors.ts';

/** Opens a bundle file to be read forward, one record in memory at a time. `shown` is how messages call it. */
export async function openBundle(path: string, shown = path): Promise<OpenBundle> {
  return openBundleLines(lines(path, shown), shown);
}

/** A file that stops in the middle just has no more lines; what that means, the reader of the lines says. */
async function* lines(path: string, shown: string): AsyncGenerator<string> {
  const unzipped = pipeline(createReadStream(path), createGunzip(), () => {});
  unzipped.setEncoding('utf8');
  let rest = '';
  let seen = 0;
  try {
    for await (const chunk of unzipped) {
      const parts = (chunk as string).split('\n');
      parts[0] = rest + parts[0];
      rest = parts.pop() ?? '';
      for (const line of parts) {
        seen += 1;
        yield line;
      }
    }
    if (rest !== '') yield rest;
  } catch (error) {
    throwUnlessCut(error as NodeJS.ErrnoException, shown, seen);
  }
}

function throwUnlessCut(error: NodeJS.ErrnoException, shown: string, seen: number): void {
  const cause = { cause: error };
  if (error.code === 'Z_BUF_ERROR') return;
  if (error.code === 'ENOENT') throw new NotFoundError(`there is no bundle ${shown}`, cause);
  if (error.code?.startsWith('Z_')) {
    throw new InvalidInputError(
      seen === 0
        ? `${shown} is not a meshgraph bundle: it is not gzip. Give a file that \`meshgraph capture\` made.`
        : `${shown} is damaged: its checksum is wrong after line ${seen}. Nothing of it was written. Copy or record it again.`,
      cause,
    );
  }
  throw new InvalidInputError(`the bundle ${shown} cannot be read (${error.code ?? error.message})`, cause);
}

export type BundleFile = {
  readonly write: (record: BundleRecord) => Promise<void>;
  /** Ends the bundle and puts it in place of what was there. */
  readonly finish: () => Promise<void>;
  /** Leaves what was there as it was. */
  readonly discard: () => Promise<void>;
};

/** A bundle file in the making, beside its final place until it is whole. */
export async function createBundle(path: string, header: BundleHeader): Promise<BundleFile> {
  const draft = `${path}.${process.pid}.part`;
  await mkdir(dirname(path), { recursive: true }).catch(cannotWrite(path));
  const zipped = createGzip({ level: 9 });
  const file = createWriteStream(draft);
  const written = new Promise<void>((resolve, reject) => pipeline(zipped, file, (e) => (e ? reject(e) : resolve())));
  // Told when the next line is written or the file is finished.
  written.catch(() => {});
  const { first, line, end } = bundleWriter(header);
  const put = (text: string) => writeLine(zipped, text).catch(cannotWrite(path));
  await put(first);
  return {
    write: (record) => put(line(record)),
    finish: async () => {
      zipped.end(`${end()}\n`);
      await written.catch(cannotWrite(path));
      await rename(draft, path);
    },
    discard: async () => {
      zipped.destroy();
      await finished(file).catch(() => {});
      await rm(draft, { force: true });
    },
  };
}

async function writeLine(to: Writable, text: string): Promise<void> {
  if (to.errored) throw to.errored;
  if (!to.write(`${text}\n`)) await once(to, 'drain');
}

const cannotWrite = (path: string) => (cause: NodeJS.ErrnoException) => {
  throw new InvalidInputError(`the bundle ${path} cannot be written (${cause.code ?? cause.message})`, { cause });
};
