import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBundle, openBundle } from '../../../shared/adapters/bundle-file.ts';
import { type BundleHeader, type BundleRecord, bundleHeader } from '../../../shared/domain/bundle/record.ts';

const SHIPPED = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');
let folder: string;
let shipped: Buffer;
let header: BundleHeader;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-bundle-'));
  shipped = await readFile(SHIPPED);
  header = bundleHeader.parse(JSON.parse(gunzipSync(shipped).toString('utf8').split('\n')[0] as string));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readAll(path: string): Promise<BundleRecord[]> {
  const bundle = await openBundle(path, 'mesh.bundle.gz');
  const records: BundleRecord[] = [];
  for (let record = await bundle.next(); record !== undefined; record = await bundle.next()) records.push(record);
  return records;
}

async function readBytes(bytes: Buffer): Promise<BundleRecord[]> {
  const path = join(folder, 'bytes.gz');
  await writeFile(path, bytes);
  return readAll(path);
}

test('a bundle written again from what was read is the same', async () => {
  const records = await readAll(SHIPPED);
  const copy = join(folder, 'deeper/copy.bundle.gz');
  const file = await createBundle(copy, header);
  for (const record of records) await file.write(record);
  await file.finish();
  expect(gunzipSync(await readFile(copy)).equals(gunzipSync(shipped))).toBe(true);
});

test('a bundle cut anywhere is told as cut off, with what was read of it', async () => {
  for (const part of [0.2, 0.5, 0.9, 0.9999]) {
    const cut = readBytes(shipped.subarray(0, Math.floor(shipped.length * part)));
    await expect(cut, `cut at ${part}`).rejects.toThrow(/^mesh\.bundle\.gz is cut off: it ends after \d+ snapshots/);
  }
});

test('a bundle with flipped bits is told as damaged', async () => {
  const flipped = Buffer.from(shipped);
  flipped.writeUInt8(flipped.readUInt8(flipped.length - 6) ^ 1, flipped.length - 6);
  await expect(readBytes(flipped)).rejects.toThrow(/^mesh\.bundle\.gz is damaged: its checksum is wrong/);
});

test.each([
  ['plain text', Buffer.from('hello, this is no bundle at all'), 'it is not gzip'],
  ['an empty file', Buffer.alloc(0), 'it is empty'],
  ['a zipped page', gzipSync('<html>'), 'its first line is no JSON'],
])('%s is no bundle', async (_, bytes, why) => {
  await expect(readBytes(bytes)).rejects.toThrow(`mesh.bundle.gz is not a meshgraph bundle: ${why}`);
});

test('a file that is not there, or is a folder, is told by its name', async () => {
  await expect(readAll(join(folder, 'absent'))).rejects.toThrow('there is no bundle mesh.bundle.gz');
  await expect(readAll(folder)).rejects.toThrow('the bundle mesh.bundle.gz cannot be read (EISDIR)');
});

test('what was there stays until the new bundle is whole, and stays when it is given up', async () => {
  const own = join(folder, 'own');
  const path = join(own, 'kept.bundle.gz');
  const first = await createBundle(path, header);
  await first.finish();
  const before = await readFile(path);
  const second = await createBundle(path, { ...header, cluster: 'other' });
  expect((await readFile(path)).equals(before)).toBe(true);
  await second.discard();
  expect((await readFile(path)).equals(before)).toBe(true);
  expect(await readdir(own)).toEqual(['kept.bundle.gz']);
});

test('a place that cannot be written is told', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  await expect(createBundle(join(file, 'b.gz'), header)).rejects.toThrow(
    /b\.gz cannot be written \((ENOTDIR|EEXIST)\)/,
  );
});
