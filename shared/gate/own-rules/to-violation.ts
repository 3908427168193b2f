import { type OwnCheck, toldMessage } from '../../checks/own-checks/own-check.ts';
import { clusterWideKey, namespacedKey } from '../../domain/keys.ts';
import { groupKind, type PolicyObject } from '../../linkerd/policy/policy-object.ts';
import { ROUTE_KINDS } from '../../linkerd/policy/route.ts';
import { isClusterWide, objectKey } from '../object-key.ts';
import type { Judgement, RowValue, Violation } from '../rule.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Keys of objects (object-key.ts) by the keys the graph has for them. */
export const objectKeys = (cluster: string, objects: Iterable<PolicyObject>): ReadonlyMap<string, string> =>
  new Map(
    [...objects].map((object) => {
      const { name, namespace = 'default' } = object.metadata;
      const key = isClusterWide(object)
        ? clusterWideKey(cluster, object.kind, name)
        : namespacedKey(cluster, namespace, keyedKind(object), name);
      return [key, objectKey(object)];
    }),
  );

/** Routes of two groups have the same kind, so keys tell their group too (shared/kubernetes/policy-row.ts). */
function keyedKind(object: PolicyObject): string {
  const kind = groupKind(object);
  return ROUTES.has(kind) ? kind : object.kind;
}

const ROUTES: ReadonlySet<string> = new Set(ROUTE_KINDS);

/** What a rule's rows before and after come to: those with a fingerprint that was not there before were caused. */
export function judgeRows(
  rule: OwnCheck,
  rows: { readonly before: Rows; readonly after: Rows },
  keys: ReadonlyMap<string, string>,
): Judgement {
  const before = new Set(rows.before.map((row) => nameOf(toViolation(rule, row, keys))));
  const after = new Map(rows.after.map((row) => toViolation(rule, row, keys)).map((one) => [nameOf(one), one]));
  const violations = [...after.values()];
  return {
    caused: violations.filter((one) => !before.has(nameOf(one))),
    existing: violations.filter((one) => before.has(nameOf(one))),
  };
}

function toViolation(rule: OwnCheck, told: Rows[number], keys: ReadonlyMap<string, string>): Violation {
  const row = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, plain(value)]));
  return {
    message: toldMessage(rule, row),
    places: (rule.about ?? []).flatMap((column) =>
      [row[column]].flat().flatMap((graphKey) => {
        const key = keys.get(String(graphKey));
        return key === undefined ? [] : { key };
      }),
    ),
    fingerprint: rule.fingerprint.map((column) => JSON.stringify(row[column] ?? null)),
    row,
  };
}

const nameOf = ({ fingerprint }: Violation): string => JSON.stringify(fingerprint);

/** Of lists, maps and nodes what a report can hold. */
function plain(value: unknown): RowValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
    : JSON.stringify(value);
}
