import type { Life } from './lives.ts';

/**
 * Lives as a node carries them: the last one in `validFrom` and `validTo` (absent while live), earlier ones in
 * `pastLives` as [from, to, from, to, ...].
 */
export type PackedLives = {
  readonly validFrom?: number | null;
  readonly validTo?: number | null;
  readonly pastLives?: readonly number[] | null;
};

export function packLives(lives: readonly Life[]): Required<PackedLives> {
  const last = lives.at(-1);
  return {
    validFrom: last?.from ?? null,
    validTo: last && Number.isFinite(last.to) ? last.to : null,
    pastLives: lives.length > 1 ? lives.slice(0, -1).flatMap(({ from, to }) => [from, to]) : null,
  };
}

export function unpackLives({ validFrom, validTo, pastLives }: PackedLives): Life[] {
  if (typeof validFrom !== 'number') return [];
  const bounds = [...(pastLives ?? []), validFrom, validTo ?? Number.POSITIVE_INFINITY];
  return bounds.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: bounds[index + 1] as number }] : []));
}
