import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleFunctions } from '../../scripts/function-bundles.mjs';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** Builds the functions and synthesises the app for a configuration, as `cdk synth` does: the cloud assembly's folder. */
export async function synthesise(configuration: string, folder: string): Promise<string> {
  await bundleFunctions(`${root}/`, join(folder, 'dist'));
  const assembly = join(folder, 'cdk.out');
  const context = { config: configuration, bundles: join(folder, 'dist/functions') };
  await run(process.execPath, ['--import', join(root, 'scripts/cypher-text.mjs'), join(root, 'infra/app.ts')], {
    env: { PATH: process.env.PATH, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return assembly;
}
