/**
 * The graph's schema as data. Constraints, indexes, the queries that write, and docs/graph.md are all made from it; what is
 * not in it is not written.
 * All instants in the graph are integers: epoch milliseconds, UTC.
 */

import { CLUSTER_LABELS } from './graph-schema/cluster-labels.ts';
import type { LabelDoc, RelationshipDoc } from './graph-schema/docs.ts';
import { KNOWLEDGE_LABELS } from './graph-schema/knowledge-labels.ts';
import { POLICY_LABELS } from './graph-schema/policy-labels.ts';
import { DATED_RELATIONSHIPS } from './graph-schema/structural-relationships.ts';
import { TRAFFIC_RELATIONSHIPS } from './graph-schema/traffic-relationships.ts';

export type { LabelDoc, PropertyDoc, RelationshipDoc } from './graph-schema/docs.ts';
export { EDGE_LIFE, NODE_LIFE } from './graph-schema/lives.ts';

export const LABELS: readonly LabelDoc[] = [...CLUSTER_LABELS, ...POLICY_LABELS, ...KNOWLEDGE_LABELS];

export const RELATIONSHIPS: readonly RelationshipDoc[] = [...DATED_RELATIONSHIPS, ...TRAFFIC_RELATIONSHIPS];

/** Labels of nodes that live and die by what scans hold; the others are bookkeeping, or judgements on the graph. */
export const DATED_LABELS: readonly string[] = LABELS.map(({ label }) => label).filter(
  (label) => !['Scan', 'Change', 'Lease', 'Finding', 'Evaluation', 'Outbox', 'Alert'].includes(label),
);

/** Types of relationships that open and close by what scans hold. */
export const STRUCTURAL_TYPES: readonly string[] = RELATIONSHIPS.map(({ type }) => type).filter(
  (type) => !['CHANGED', 'ABOUT', 'CALLED', 'ARRIVED_AT'].includes(type),
);
