import type { Check } from '../../checks/check.ts';
import { CHECKS } from '../../checks/registry.ts';
import { nearest } from '../../domain/configuration/nearest.ts';
import { NotFoundError } from '../../domain/errors.ts';

/** Throws NotFoundError, with the nearest id, for a check that is not among those there are. */
export function mustBeCheck(id: string, checks: readonly Pick<Check, 'id'>[] = CHECKS): void {
  const ids = checks.map((check) => check.id);
  if (ids.includes(id)) return;
  const close = nearest(id, ids);
  const hint = close === undefined ? `known: ${ids.join(', ')}` : `did you mean ${close}?`;
  throw new NotFoundError(`there is no check "${id}"; ${hint}`);
}
