import type { Check } from '../../shared/checks/check.ts';
import { ContractError } from '../../shared/domain/errors.ts';

/** Of how many things violations are some: `{count: 41, noun: 'workloads'}`. */
export type Counted = { readonly count: number; readonly noun: string };

/** What a check could have found; nothing where it does not say. Throws ContractError when its query tells no count. */
export async function countPopulation(
  readRows: (query: string) => Promise<readonly unknown[]>,
  { id, population }: Pick<Check, 'id' | 'population'>,
): Promise<Counted | undefined> {
  if (population === undefined) return undefined;
  const [row, ...others] = (await readRows(population.query)) as readonly { readonly count?: unknown }[];
  if (others.length > 0 || typeof row?.count !== 'number') {
    throw new ContractError(`check ${id}: the query of its population must return one row with a number as count`);
  }
  return { count: row.count, noun: population.noun };
}
