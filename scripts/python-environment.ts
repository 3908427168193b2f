import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '.cache');

/** A program of PyPI that tests need, and a module of it that can be imported when it is whole. */
export type PythonProgram = { readonly name: string; readonly version: string; readonly module: string };

/**
 * Absolute path of a Python that has the program: a virtual environment below `.cache`, made on the first call. Throws one
 * sentence that says what to install where that does not work.
 */
export async function pythonWith({ name, version, module }: PythonProgram): Promise<string> {
  const installed = join(cache, `${name}-${version}`);
  const python = join(installed, 'bin/python');
  if (await imports(python, module)) return python;
  await mkdir(cache, { recursive: true });
  // Test workers may do this at the same time, so each makes an environment of its own and the first rename wins.
  const work = await mkdtemp(join(cache, `${name}-`));
  try {
    await step(
      'python3',
      ['-m', 'venv', work],
      `the tests need ${name}: install python3 (3.10 or newer) and python3-venv`,
    );
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `${name}==${version}`];
    await step(join(work, 'bin/python'), pip, `${name} ${version} could not be installed with pip: is PyPI reachable?`);
    await rename(work, installed).catch(async (error) => {
      if (!(await imports(python, module))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return python;
}

const imports = (python: string, module: string): Promise<boolean> =>
  run(python, ['-c', `import ${module}`]).then(
    () => true,
    () => false,
  );

const step = (program: string, args: string[], failed: string): Promise<unknown> =>
  run(program, args).catch((cause: Error) => Promise.reject(new Error(failed, { cause })));
