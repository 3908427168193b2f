/** A scan in the ledger, as one fact family sees it. */
export type CoveringScan = { readonly id: string; readonly at: number; readonly readAt: number };

/**
 * Where a scan falls among the scans that covered the same family.
 * `newest`: nothing is known of its instant or a later one. `superseded`: another reading of the same instant was made
 * later, and that one counts, as for traffic windows (of two made at once the one with the greater id).
 */
export type Place = 'newest' | 'late' | 'superseded';

export function placeOf(scan: CoveringScan, covering: readonly CoveringScan[]): Place {
  const others = covering.filter(({ id }) => id !== scan.id);
  if (others.every(({ at }) => at < scan.at)) return 'newest';
  return others.some((other) => other.at === scan.at && stands(other, scan)) ? 'superseded' : 'late';
}

/** Whether `a` is the newer of two scans: of a later instant, or of the same one and read later. */
export function stands(a: CoveringScan, b: CoveringScan): boolean {
  if (a.at !== b.at) return a.at > b.at;
  return a.readAt === b.readAt ? a.id > b.id : a.readAt > b.readAt;
}

/** The newest of ascending `instants` before `at`. */
export const previousOf = (instants: readonly number[], at: number): number | undefined =>
  instants[firstIndex(instants, at) - 1];

/** The oldest of ascending `instants` after `at`; Infinity when there is none. */
export const nextOf = (instants: readonly number[], at: number): number =>
  instants[firstIndex(instants, at + 1)] ?? Number.POSITIVE_INFINITY;

/** Index of the first of ascending `instants` that is not before `at`. */
function firstIndex(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
