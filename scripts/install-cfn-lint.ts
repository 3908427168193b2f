import { dirname, join } from 'node:path';
import { pythonWith } from './python-environment.ts';

/**
 * The words that start cfn-lint (PyPI, MIT-0), installed on the first call. Its own command would name the interpreter at
 * the place where it was made, so the interpreter is named here.
 */
export async function cfnLint(): Promise<[program: string, script: string]> {
  const python = await pythonWith({ name: 'cfn-lint', version: '1.58.0', module: 'cfnlint' });
  return [python, join(dirname(python), 'cfn-lint')];
}

if (import.meta.main) process.stdout.write(`${(await cfnLint()).join(' ')}\n`);
