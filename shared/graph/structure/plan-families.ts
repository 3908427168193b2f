import { type CoveringScan, placeOf } from '../../domain/projection/covering-scans.ts';
import type { FamilyFacts } from '../../domain/projection/family-facts.ts';
import type { Transaction } from '../connection.ts';
import { readCoveringScans, readNewestScans, readUnfinished } from '../ledger/ledger.ts';
import type { FamilyWork } from './family-work.ts';

/** A family of the scan: its facts and their digest. */
export type ScannedFamily = { readonly facts: FamilyFacts; readonly digest: string };

/** What is to be done for each family of a scan. */
export type FamilyPlan = {
  /** The newest covering scan said the same: nothing is read or written. */
  readonly unchanged: string[];
  readonly newest: FamilyWork[];
  readonly late: FamilyWork[];
  /** Another reading of the same instant counts. */
  readonly superseded: string[];
};

/** Plans by the ledger alone. Reads the whole ledger of a family only where the scan comes late or a write was cut off. */
export async function planFamilies(
  tx: Transaction,
  cluster: string,
  scan: CoveringScan,
  families: ReadonlyMap<string, ScannedFamily>,
): Promise<FamilyPlan> {
  const plan: FamilyPlan = { unchanged: [], newest: [], late: [], superseded: [] };
  const unfinished = await readUnfinished(tx, cluster);
  const known = await readNewestScans(tx, cluster, [...families.keys()]);
  const unclear: FamilyWork[] = [];
  for (const [family, { facts, digest }] of families) {
    const newest = known.get(family);
    const work = { family, facts, covering: newest ? [newest.at] : [] };
    if (unfinished.includes(family) || (newest && newest.at >= scan.at)) unclear.push(work);
    else if (newest?.digest === digest) plan.unchanged.push(family);
    else plan.newest.push(work);
  }
  if (unclear.length > 0) await placeAmongAll(tx, cluster, scan, unclear, plan);
  return plan;
}

async function placeAmongAll(
  tx: Transaction,
  cluster: string,
  scan: CoveringScan,
  unclear: readonly FamilyWork[],
  plan: FamilyPlan,
): Promise<void> {
  const covering = await readCoveringScans(
    tx,
    cluster,
    unclear.map(({ family }) => family),
  );
  for (const { family, facts } of unclear) {
    const scans = covering.get(family) ?? [];
    const others = [...new Set(scans.map(({ at }) => at))].filter((at) => at !== scan.at);
    if (placeOf(scan, scans) === 'superseded') plan.superseded.push(family);
    else plan.late.push({ family, facts, covering: others });
  }
}
