import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InvalidInputError, NotFoundError } from '../../../shared/domain/errors.ts';
import { type OwnRule, parseOwnRule } from '../../../shared/gate/own-rules/own-rule.ts';

/**
 * The rules in a directory, one folder each with check.yaml and query.cypher, by id; files beside the folders and hidden
 * folders count for nothing. Throws NotFoundError or InvalidInputError, one sentence, for what is no directory of rules.
 */
export async function readOwnRules(cwd: string, directory: string): Promise<OwnRule[]> {
  const shown = relative(cwd, directory).startsWith('..') ? directory : relative(cwd, directory) || '.';
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause) => {
    throw new NotFoundError(`there is no directory of rules ${shown}`, { cause });
  });
  const ids = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  if (ids.length === 0)
    throw new InvalidInputError(`${shown} holds no rule: a rule is a folder with check.yaml and query.cypher`);
  const textOf = (id: string, file: string): Promise<string> =>
    readFile(join(directory, id, file), 'utf8').catch((cause) => {
      throw new InvalidInputError(`${shown}/${id}: a rule needs a ${file}, and it cannot be read`, { cause });
    });
  return Promise.all(
    ids.sort().map(async (id) => {
      const [yaml, query] = [await textOf(id, 'check.yaml'), await textOf(id, 'query.cypher')];
      return parseOwnRule({ id, folder: `${shown}/${id}`, yaml, query });
    }),
  );
}
