import { z } from 'zod';
import { problemsOf } from '../../domain/configuration/problems.ts';
import { readYaml } from '../../domain/configuration/read-yaml.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { type OwnCheck, ownDescription } from './own-check.ts';

/** The files of one folder. `folder` is how messages call it. */
export type OwnTexts = {
  readonly id: string;
  readonly folder: string;
  readonly yaml: string;
  readonly query: string;
  readonly population?: string;
};

/** Ids that are taken, and what carries them: `{ids: [...], noun: 'rule'}`. */
export type Taken = { readonly ids: readonly string[]; readonly noun: 'check' | 'rule' };

/** A check of the texts in its folder. Throws InvalidInputError, one sentence a problem with file and line, for what is none. */
export function parseOwnCheck({ id, folder, yaml, query, population }: OwnTexts, { ids, noun }: Taken): OwnCheck {
  const file = `${folder}/check.yaml`;
  const { input, lineOf, refusal } = readYaml(yaml, file);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new InvalidInputError(
      `${folder}: a ${noun} is called by its folder, in small letters, digits and hyphens, not ${id}`,
    );
  }
  if (ids.includes(id)) {
    throw new InvalidInputError(`${folder}: ${id} is a ${noun} of meshgraph's own: call the folder otherwise`);
  }
  const parsed = ownDescription.safeParse(input);
  if (!parsed.success) {
    throw refusal(problemsOf(parsed.error.issues, input, z.toJSONSchema(ownDescription, { io: 'input' })));
  }
  const counted = parsed.data.population;
  if (counted !== undefined && population === undefined) {
    const message = `population: expected ${folder}/population.cypher, which counts the ${counted} as one row with a column count`;
    throw refusal([{ path: ['population'], message }]);
  }
  if (counted === undefined && population !== undefined) {
    const message = `population: expected what ${folder}/population.cypher counts, a noun in the plural`;
    throw refusal([{ path: [], message }]);
  }
  for (const [name, text] of Object.entries({ query, ...(population !== undefined && { population }) })) {
    if (text.trim() === '') throw new InvalidInputError(`${folder}/${name}.cypher:1: there is no query in it`);
  }
  const lines = Object.fromEntries(Object.keys(parsed.data).map((key) => [key, lineOf({ path: [key] })]));
  return { ...parsed.data, id, folder, lines, query, ...(population !== undefined && { populationQuery: population }) };
}
