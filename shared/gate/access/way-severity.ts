import type { Severity } from '../../checks/check.ts';
import type { OpenedWay } from './opened-ways.ts';
import { namespaceOfProof } from './who-names.ts';

/**
 * By who gains and what is right behind it: everyone to data is critical; everyone, or anybody to data or powers, is high.
 * Low is what one identity of the workload's own namespace gains where nothing is behind. Nobody gains a new port: its
 * being open to callers without mesh is told as medium.
 */
export function waySeverity({ proof, sample, behind, workload, isNew }: OpenedWay): Severity {
  if (isNew) return 'medium';
  const everyone = proof.kind === 'nothing' && typeof sample.scope === 'string';
  const sensitive = behind.dataClasses.length + behind.powers.length > 0;
  if (everyone) return behind.dataClasses.length > 0 ? 'critical' : 'high';
  if (sensitive) return 'high';
  const isNeighbour = proof.kind === 'identity' && namespaceOfProof(proof) === workload.namespace;
  return isNeighbour && behind.onward.length + behind.exposure.length === 0 ? 'low' : 'medium';
}
