import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '1.5.33';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '.cache');
const installed = join(cache, `ministack-${VERSION}`);

/**
 * Absolute path of the Python that has ministack, the emulator of AWS the deployed stack is tested on (PyPI, MIT): a
 * virtual environment under `.cache`, made on the first call. Throws one sentence that says what to install where that
 * does not work. To be started as `python -m ministack`: a virtual environment's own commands know where they were made.
 */
export async function ministackPython(): Promise<string> {
  const python = join(installed, 'bin/python');
  if (await hasMinistack(python)) return python;
  await install();
  if (await hasMinistack(python)) return python;
  throw new Error(`ministack ${VERSION} was installed to ${installed} but does not start there: remove that folder`);
}

const hasMinistack = (python: string): Promise<boolean> =>
  run(python, ['-c', 'import ministack.app']).then(
    () => true,
    () => false,
  );

/** Test workers may do this at the same time, so each makes an environment of its own and the first rename wins. */
async function install(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'ministack-'));
  try {
    await step(
      'python3',
      ['-m', 'venv', work],
      'the deployed stack is tested on ministack, which needs Python 3.10 or newer with venv: install python3 and python3-venv',
    );
    await step(
      join(work, 'bin/python'),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `ministack==${VERSION}`],
      `ministack ${VERSION} could not be installed with pip: is a Python package index reachable?`,
    );
    await rename(work, installed).catch(async (error) => {
      if (!(await hasMinistack(join(installed, 'bin/python')))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const step = (program: string, args: string[], failed: string): Promise<unknown> =>
  run(program, args).catch((cause: Error) => Promise.reject(new Error(failed, { cause })));

if (import.meta.main) process.stdout.write(`ministack: ${await ministackPython()}\n`);
