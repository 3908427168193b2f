import type { LintFinding } from '../../../linkerd/policy/lint/finding.ts';
import { lintObject } from '../../../linkerd/policy/lint/lint-object.ts';
import { namespaceOf, type PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import { shownObject } from '../../object-key.ts';
import type { JudgedChange, Judgement, Violation } from '../../rule.ts';

/**
 * What admission says of the objects of a change (oracle 14). What the stored object was told too is not new, unless
 * admission refuses: then it refuses the change. Servers that claim one port are left to `servers-overlap`, which knows the pods.
 */
export function judgeAdmission(
  { laid, before, after, change }: JudgedChange,
  severity: LintFinding['severity'],
): Judgement {
  const judgement = { caused: [] as Violation[], existing: [] as Violation[] };
  const lint = (object: PolicyObject, { settings }: typeof after.policies): LintFinding[] =>
    lintObject(object, { namespace: change.namespace, clusterNetworks: settings.clusterNetworks }).filter(
      (finding) => finding.severity === severity,
    );
  for (const [key, { placed, fate }] of laid.given) {
    const found = lint(placed.object, after.policies);
    if (found.length === 0) continue;
    const stored = before.byKey.get(key);
    const told = new Set(stored === undefined || severity === 'error' ? [] : lint(stored, before.policies).map(saidBy));
    for (const finding of found) {
      const known = fate === 'unchanged' || told.has(saidBy(finding));
      judgement[known ? 'existing' : 'caused'].push(toViolation(placed.object, key, finding));
    }
  }
  return judgement;
}

const saidBy = ({ field, message }: LintFinding): string => `${field} ${message}`;

function toViolation(object: PolicyObject, key: string, { severity, field, message }: LintFinding): Violation {
  const effect = severity === 'error' ? 'will be refused' : 'is taken, but does not do what it seems to';
  return {
    message: `${shownObject(object)} ${effect}: ${field}: ${message}`,
    places: [{ key, field }],
    fingerprint: [key, field],
    row: { object: shownObject(object), namespace: namespaceOf(object), kind: object.kind, field },
  };
}
