import type { Horizon } from '../../domain/compaction/horizon.ts';
import { DATED_LABELS, STRUCTURAL_TYPES } from '../../domain/graph-schema.ts';
import { LAYERS } from '../../domain/traffic-series/slot.ts';
import type { Fence } from '../lease.ts';
import { pastMarker } from '../structure/family-marker.ts';
import { forLabel, forType } from '../structure/structure-query.ts';
import { forLayer } from '../traffic/layer-query.ts';
import { runBatch } from './batch.ts';
import forgetAlerts from './facts/forget-alerts.cypher';
import forgetChanges from './facts/forget-changes.cypher';
import forgetFindings from './facts/forget-findings.cypher';
import forgetLives from './facts/forget-lives.cypher';
import forgetNodes from './facts/forget-nodes.cypher';
import forgetRelations from './facts/forget-relations.cypher';
import forgetScans from './ledger/forget-scans.cypher';
import forgetWindows from './ledger/forget-windows.cypher';
import forgetMonths from './traffic/forget-months.cypher';

/** Deletes one batch of what ended before a horizon; answers 0 when nothing of its kind is left. */
type Forget = (fence: Fence, horizon: Horizon) => Promise<number>;

const forget =
  (
    query: string,
    since: keyof Horizon,
    more: (fence: Fence) => Readonly<Record<string, string>> = () => ({}),
  ): Forget =>
  (fence, horizon) =>
    runBatch(fence, query, { before: horizon[since], ...more(fence) });

/** Months of traffic that are not kept any more, and what the ledger knows of them. */
export const FORGET_TRAFFIC: readonly Forget[] = [
  ...LAYERS.map((layer) => forget(forLayer(forgetMonths, layer), 'monthsSince')),
  forget(forgetWindows, 'monthsSince'),
];

/** Findings that were resolved, then what was told of them. */
export const FORGET_FINDINGS: readonly Forget[] = [
  forget(forgetFindings, 'findingsSince'),
  forget(forgetAlerts, 'findingsSince'),
];

const past = ({ cluster }: Fence) => ({ past: pastMarker(cluster, '') });
/** One look at all nodes: to look at each label by itself costs more, most have few. */
const ANY_LABEL = DATED_LABELS.join('|');

/**
 * Relationships, changes, lives and nodes that ended, and the scans that nothing kept depends on. A node goes when nothing
 * that is kept refers to it: the ends of kept traffic stay, and what a finding is about.
 */
export const FORGET_FACTS: readonly Forget[] = [
  ...STRUCTURAL_TYPES.map((type) => forget(forType(forgetRelations, type), 'factsSince', past)),
  forget(forgetChanges, 'factsSince'),
  forget(forLabel(forgetLives, ANY_LABEL), 'factsSince'),
  forget(forLabel(forgetNodes, ANY_LABEL), 'factsSince'),
  ...['cluster', 'certificates'].map((source) => forget(forgetScans, 'factsSince', () => ({ source }))),
];
