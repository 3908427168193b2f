/**
 * Whether everything `wanted` says is said by `stored` too: fields that only `stored` has were filled in by the API server or
 * belong to others. Items of lists are compared one by one; null, `{}` and absent are one.
 */
export function saidBy(stored: unknown, wanted: unknown): boolean {
  if (isNothing(wanted)) return isNothing(stored);
  if (Array.isArray(wanted)) {
    const listed = Array.isArray(stored) ? stored : [];
    return listed.length === wanted.length && wanted.every((item, i) => saidBy(listed[i], item));
  }
  if (typeof wanted !== 'object') return wanted === stored;
  if (stored === null || typeof stored !== 'object') return false;
  return Object.entries(wanted as object).every(([name, value]) =>
    saidBy((stored as Record<string, unknown>)[name], value),
  );
}

/** Whether both say the same, nothing more and nothing less. */
export const sameFields = (one: unknown, other: unknown): boolean => saidBy(one, other) && saidBy(other, one);

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);
