import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnCheck } from '../../shared/checks/own-checks/own-check.ts';
import { type OwnTest, parseOwnTest } from '../../shared/checks/own-checks/own-test.ts';

export type NamedTest = OwnTest & { readonly name: string };

/** The tests in the folder `tests` of a check, by name; none where there is no such folder. Throws InvalidInputError for what is none. */
export async function readOwnTests(directory: string, { id, folder }: OwnCheck): Promise<NamedTest[]> {
  const tests = join(directory, id, 'tests');
  const files = await readdir(tests).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  const named = files.filter((file) => /\.ya?ml$/.test(file)).sort();
  return Promise.all(
    named.map(async (file) => ({
      ...parseOwnTest(await readFile(join(tests, file), 'utf8'), `${folder}/tests/${file}`),
      name: file.replace(/\.ya?ml$/, ''),
    })),
  );
}
