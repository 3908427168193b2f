import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from '../../cli/local-graph/home.ts';
import { runProcess } from '../../cli/local-graph/run-process.ts';

const VERSION = 'v0.71.1';
const POLICY = join(import.meta.dirname, 'conftest.rego');

/** conftest in the user's cache; built through Go where it is not there and `install`. */
export async function findConftest(install: boolean): Promise<{ program: string } | { missing: string }> {
  const folder = join(cacheDirectory(process.env), `conftest-${VERSION}`);
  const program = join(folder, 'conftest');
  const isThere = async () => (await run(program, ['--version'])).code === 0;
  if (await isThere()) return { program };
  if (!install) return { missing: `conftest ${VERSION} is not installed (\`npm run bench\` does that)` };
  await mkdir(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder };
  const { code, output } = await run('go', ['install', `github.com/open-policy-agent/conftest@${VERSION}`], env);
  if (code === 0 && (await isThere())) return { program };
  return { missing: `conftest ${VERSION} could not be built: ${output.trim().split('\n').at(-1) ?? ''}` };
}

/** Judges a file of manifests; `ms` is the time of the whole process. Findings are no failure here. */
export async function judgeWithConftest(program: string, manifests: string): Promise<{ readonly ms: number }> {
  const begun = performance.now();
  const { code, output } = await run(program, ['test', '--combine', '--no-fail', '--policy', POLICY, manifests]);
  if (code !== 0) throw new Error(`conftest failed:\n${output}`);
  return { ms: performance.now() - begun };
}

const run = (program: string, args: readonly string[], env = process.env) => runProcess(program, args, { env });
