import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { OwnCheck } from '../../shared/checks/own-checks/own-check.ts';
import { parseOwnCheck, type Taken } from '../../shared/checks/own-checks/parse-own-check.ts';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';

/**
 * The checks or rules in a directory, one folder each with check.yaml and query.cypher, by id; files beside the folders and
 * hidden folders count for nothing. `taken` are ids they must not have. Throws NotFoundError or InvalidInputError, one
 * sentence, for what is no such directory.
 */
export async function readOwnChecks(cwd: string, directory: string, taken: Taken): Promise<OwnCheck[]> {
  const { noun } = taken;
  const shown = relative(cwd, directory).startsWith('..') ? directory : relative(cwd, directory) || '.';
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause) => {
    throw new NotFoundError(`there is no directory of ${noun}s ${shown}`, { cause });
  });
  const ids = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  if (ids.length === 0) {
    throw new InvalidInputError(`${shown} holds no ${noun}: a ${noun} is a folder with check.yaml and query.cypher`);
  }
  const textOf = (id: string, file: string): Promise<string> =>
    readFile(join(directory, id, file), 'utf8').catch((cause) => {
      throw new InvalidInputError(`${shown}/${id}: a ${noun} needs a ${file}, and it cannot be read`, { cause });
    });
  return Promise.all(
    ids.sort().map(async (id) => {
      const [yaml, query] = [await textOf(id, 'check.yaml'), await textOf(id, 'query.cypher')];
      const population = await optionalText(join(directory, id, 'population.cypher'));
      return parseOwnCheck({ id, folder: `${shown}/${id}`, yaml, query, ...population }, taken);
    }),
  );
}

async function optionalText(path: string): Promise<{ population?: string }> {
  try {
    return { population: await readFile(path, 'utf8') };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new InvalidInputError(`${path} cannot be read`, { cause });
  }
}
