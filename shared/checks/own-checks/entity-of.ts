import { DATED_LABELS } from '../../domain/graph-schema.ts';
import type { NodeRef } from '../../domain/observation.ts';
import { POLICY_LABELS } from '../../kubernetes/policy-row.ts';

const OTHERS: ReadonlyMap<string, string> = new Map([
  ...POLICY_LABELS,
  ['ClusterRole', 'Role'],
  ['User', 'Subject'],
  ['Group', 'Subject'],
]);

/**
 * The node a key of the graph is of, as keys tell it (shared/domain/keys.ts): what has a kind of its own has a label of that
 * name or of OTHERS; any other kind is one that owns pods.
 */
export function entityOf(key: string): NodeRef {
  const [, first, second] = key.split('/');
  if (first === undefined) return { label: 'Cluster', key };
  const kind = (/^[a-z0-9]/.test(first) ? (second ?? '') : first).replace(/\..*$/, '');
  return { label: OTHERS.get(kind) ?? (DATED_LABELS.includes(kind) ? kind : 'Workload'), key };
}
