import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnCheck } from '../checks/own-checks/own-check.ts';

/** The checks of the user's own a function was deployed with: `own-checks.json` beside its bundle, where there are some. */
export async function loadDeployedOwnChecks(folder: string = import.meta.dirname): Promise<readonly OwnCheck[]> {
  const text = await readFile(join(folder, 'own-checks.json'), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '[]';
    throw cause;
  });
  return JSON.parse(text);
}
