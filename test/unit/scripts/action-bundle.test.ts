import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionFiles } from '../../../scripts/action-bundle.mjs';

const root = `${join(import.meta.dirname, '../../..')}/`;
const built = await actionFiles(root);

test.each(Object.keys(built))('%s is what `npm run build:action` makes of the sources', async (path) => {
  // Compared as one truth: a difference of two lines of 500 KB is of no use to anybody.
  expect((await readFile(`${root}${path}`, 'utf8')) === built[path]).toBe(true);
});

const bundle = built['action/gate.mjs'] ?? '';

test('the action weighs little more than a megabyte', () => {
  expect(Buffer.byteLength(bundle)).toBeLessThan(1_250_000);
});

test('there is no driver of a database in it', () => {
  expect(bundle).not.toContain('bolt://');
});
