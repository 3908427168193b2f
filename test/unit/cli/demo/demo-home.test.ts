import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDemoHome } from '../../../../cli/demo/demo-home.ts';
import { ForbiddenError } from '../../../../shared/domain/errors.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'meshgraph-demo-home-'));
});
afterEach(() => rm(cwd, { recursive: true }));

test('each run of the demo has a graph of its own beside the pictures all share', async () => {
  const { pictures, graph } = await openDemoHome({ env: { XDG_DATA_HOME: cwd }, cwd: '/' });
  expect(pictures).toBe(join(cwd, 'meshgraph/demo'));
  expect(graph).toBe(join(pictures, `graph-${process.pid}`));
});

test('a home that cannot be a folder is told in words', async () => {
  await writeFile(join(cwd, 'file'), '');
  const opened = openDemoHome({ env: {}, cwd }, 'file/demo');
  await expect(opened).rejects.toThrow(ForbiddenError);
  await expect(opened).rejects.toThrow(/file\/demo cannot be a folder of ours \(ENOTDIR\).*--home/);
});
