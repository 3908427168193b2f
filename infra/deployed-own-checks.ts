import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { OwnCheck } from '../shared/checks/own-checks/own-check.ts';
import { parseOwnCheck } from '../shared/checks/own-checks/parse-own-check.ts';
import { CHECKS } from '../shared/checks/registry.ts';
import { InvalidInputError } from '../shared/domain/errors.ts';

const TAKEN = { ids: CHECKS.map(({ id }) => id), noun: 'check' } as const;

/**
 * The checks of the user's own that a document names by its `ownChecks`: functions take them along, since they have no such
 * directory. Relative paths start at `directory`. Throws InvalidInputError for what cannot be read or is no check.
 */
export function deployedOwnChecks(document: unknown, directory: string): OwnCheck[] {
  const { ownChecks } = (document ?? {}) as { readonly ownChecks?: unknown };
  if (typeof ownChecks !== 'string' || ownChecks === '') return [];
  const root = resolve(directory, ownChecks);
  const textOf = (id: string, file: string): string => {
    try {
      return readFileSync(join(root, id, file), 'utf8');
    } catch (cause) {
      throw new InvalidInputError(`ownChecks: ${join(root, id, file)} cannot be read`, { cause });
    }
  };
  return folders(root).map((id) => {
    const population = existsSync(join(root, id, 'population.cypher')) && textOf(id, 'population.cypher');
    const [yaml, query] = [textOf(id, 'check.yaml'), textOf(id, 'query.cypher')];
    return parseOwnCheck(
      { id, folder: `${ownChecks}/${id}`, yaml, query, ...(population !== false && { population }) },
      TAKEN,
    );
  });
}

function folders(root: string): string[] {
  try {
    const entries = readdirSync(root, { withFileTypes: true });
    return entries.flatMap((one) => (one.isDirectory() && !one.name.startsWith('.') ? one.name : [])).sort();
  } catch (cause) {
    throw new InvalidInputError(`ownChecks: there is no directory ${root}`, { cause });
  }
}
