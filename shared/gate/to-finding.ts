import type { Severity } from '../checks/check.ts';
import { sha256 } from '../domain/sha256.ts';
import { shownObject } from './object-key.ts';
import type { GateFinding } from './report.ts';
import type { AnyRule, JudgedChange, Violation } from './rule.ts';

/** A violation as the report tells it: with file and line of what the change writes, where one of its places is there. */
export async function toFinding(
  rule: AnyRule,
  severity: Severity | undefined,
  violation: Violation,
  { laid, after, before }: JudgedChange,
): Promise<GateFinding> {
  const { message, places, fingerprint, row } = violation;
  const [written] = places.flatMap(({ key, field }) => {
    const given = laid.given.get(key);
    return given && given.fate !== 'unchanged' ? { ...given.placed, field } : [];
  });
  const [first] = places;
  const object = written?.object ?? (first && (after.byKey.get(first.key) ?? before.byKey.get(first.key)));
  return {
    rule: rule.id,
    severity: severity ?? violation.severity ?? rule.severity,
    fingerprint: (await sha256(JSON.stringify([rule.id, ...fingerprint]))).slice(0, 32),
    message,
    place: written ? placeOf(written) : null,
    object: object ? shownObject(object) : null,
    row: { ...row } as GateFinding['row'],
  };
}

type Written = JudgedChange['change']['manifests'][number] & { readonly field: string | undefined };

const placeOf = ({ file, line, lineOf, field }: Written): GateFinding['place'] => ({
  file,
  line: field === undefined ? line : lineOf(field),
  field: field ?? null,
});
