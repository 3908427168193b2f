import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '4.0.2';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '.cache');
const installed = join(cache, `aws-lambda-ric-${VERSION}`);
const program = join(installed, 'node_modules/aws-lambda-ric/index.mjs');

/**
 * Path of AWS's own runtime interface client for Node.js (npm, Apache-2.0), the program that runs handlers in Lambda. Its
 * native part is compiled on the first call, which takes minutes. Throws one sentence where that does not work.
 */
export async function lambdaRuntime(): Promise<string> {
  if (await exists(program)) return program;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'aws-lambda-ric-'));
  try {
    await run('npm', ['install', '--prefix', work, '--no-audit', '--no-fund', `aws-lambda-ric@${VERSION}`]);
    await rename(work, installed);
  } catch (cause) {
    throw new Error(
      `aws-lambda-ric ${VERSION} could not be installed: it compiles its native part, which takes cmake, make and a C++ compiler`,
      { cause },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return program;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

if (import.meta.main) process.stdout.write(`aws-lambda-ric: ${await lambdaRuntime()}\n`);
