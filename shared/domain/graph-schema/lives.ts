import type { PropertyDoc } from './docs.ts';

/** On every node but the bookkeeping: `Scan`, `Change`, `Lease`, `Evaluation`, `Outbox` and `Alert`. */
export const NODE_LIFE: readonly PropertyDoc[] = [
  ['key', 'unique within the label; begins with the cluster name'],
  ['cluster', 'the cluster it belongs to'],
  ['name', 'the name people know it by'],
  ['firstSeen', 'first instant any source saw it'],
  ['lastSeen', 'last instant traffic named it, or the last scan that held it once it is closed'],
  [
    'validFrom',
    'start of the present or last life, as scans saw it; absent for what traffic or a relationship only named',
  ],
  ['validTo', 'the first scan that no longer held it; absent while live'],
  ['pastLives', 'earlier lives of the same key: [from, to, from, to, ...]; absent when there were none'],
  ['hash', 'digest of the described properties; equal hash = nothing changed'],
  [
    'family',
    'fact family that describes it, as "<cluster>/<family>", after "past:" once it is closed; absent for what was only named',
  ],
];

/** On every structural relationship. */
export const EDGE_LIFE: readonly PropertyDoc[] = [
  ['id', 'digest of family, type, ends and properties; one relationship an interval'],
  ['family', 'fact family it belongs to, as "<cluster>/<family>", after "past:" once it is closed'],
  ['validFrom', 'the first scan that held it'],
  ['validTo', 'the first scan that no longer held it; absent while live'],
];
