/** One life of a fact: `[from, to)` in epoch milliseconds, `to` = Infinity while it lives. */
export type Life = { readonly from: number; readonly to: number };

export const isLive = (lives: readonly Life[]): boolean => lives.at(-1)?.to === Number.POSITIVE_INFINITY;

export const livesAt = (lives: readonly Life[], at: number): boolean =>
  lives.some(({ from, to }) => from <= at && at < to);

/**
 * Says of `[from, to)` whether the fact lives in it; the rest of time stays as it was. `lives` are disjoint and ascending,
 * and so is the answer, in which neighbours that touch have become one.
 */
export function assignLife(lives: readonly Life[], { from, to }: Life, alive: boolean): Life[] {
  const before = lives
    .filter((life) => life.from < from)
    .map((life) => ({ from: life.from, to: Math.min(life.to, from) }));
  const after = lives.filter((life) => life.to > to).map((life) => ({ from: Math.max(life.from, to), to: life.to }));
  return [...before, ...(alive ? [{ from, to }] : []), ...after].reduce(joinTouching, []);
}

function joinTouching(lives: Life[], life: Life): Life[] {
  const last = lives.at(-1);
  if (last?.to !== life.from) return [...lives, life];
  return [...lives.slice(0, -1), { from: last.from, to: life.to }];
}
