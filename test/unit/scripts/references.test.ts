import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REFERENCES } from '../../../scripts/references.ts';

test.each(REFERENCES)('$path is what `npm run docs` makes of the sources', async ({ path, render }) => {
  expect(await readFile(join(import.meta.dirname, '../../..', path), 'utf8')).toBe(await render());
});
