import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { LAUNCHER_CLASS, LAUNCHER_SOURCE_SHA256 } from '../../../cli/local-graph/launcher/launcher-class.ts';

test('the class that ships was compiled from the source that ships, for Java 17', async () => {
  const source = await readFile(new URL('../../../cli/local-graph/launcher/LocalGraph.java', import.meta.url));
  expect(createHash('sha256').update(source).digest('hex')).toBe(LAUNCHER_SOURCE_SHA256);
  const bytes = Buffer.from(LAUNCHER_CLASS, 'base64');
  // JVM specification, table 4.1-A: magic number, minor version 0, major version 61 for Java 17.
  expect(bytes.subarray(0, 8).toString('hex')).toBe('cafebabe0000003d');
});
