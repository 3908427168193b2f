import type { Life } from '../../domain/projection/lives.ts';

export type StoredInterval = { readonly element: string; readonly life: Life };

export type IntervalUpdate = {
  readonly moves: readonly StoredInterval[];
  readonly stale: readonly string[];
  readonly fresh: readonly Life[];
};

/** Takes a relationship's stored intervals to the lives it is to have, changing as few as possible. */
export function intervalUpdate(stored: readonly StoredInterval[], lives: readonly Life[]): IntervalUpdate {
  const isSame = (a: Life, b: Life) => a.from === b.from && a.to === b.to;
  const free = stored.filter(({ life }) => !lives.some((wanted) => isSame(life, wanted)));
  const missing = lives.filter((wanted) => !stored.some(({ life }) => isSame(life, wanted)));
  const moves = free.slice(0, missing.length).map(({ element }, index) => ({ element, life: missing[index] as Life }));
  return {
    moves,
    stale: free.slice(missing.length).map(({ element }) => element),
    fresh: missing.slice(free.length),
  };
}
