import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SQSBatchResponse } from 'aws-lambda';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

export type BundledHandler = {
  readonly handler: (event: unknown, context: unknown) => Promise<SQSBatchResponse | undefined>;
  readonly remove: () => Promise<void>;
};

/**
 * A function's handler as one file beside its configuration.json, as it is deployed; but with the packages outside, so that
 * clients of AWS can be mocked.
 */
export async function bundledHandler(name: string, configuration: object): Promise<BundledHandler> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', `handler-${name}-`));
  const outfile = join(folder, 'index.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/handler.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    loader: { '.cypher': 'text' },
  });
  await writeFile(join(folder, 'configuration.json'), JSON.stringify(configuration));
  const { handler } = await import(/* @vite-ignore */ outfile);
  return { handler, remove: () => rm(folder, { recursive: true }) };
}
