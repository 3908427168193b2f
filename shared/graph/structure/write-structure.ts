import { factsByFamily, nodeName, type StructureObservation } from '../../domain/projection/family-facts.ts';
import { namingOf } from '../../domain/projection/naming.ts';
import { isBeforeHorizon } from '../compaction/horizon.ts';
import { digestOf } from '../digest.ts';
import type { Fence } from '../lease.ts';
import { beginFamilies, endFamilies, readScan, recordScan } from '../ledger/ledger.ts';
import { scanRecord } from '../ledger/scan-record.ts';
import { writeLateNodes } from './late-nodes.ts';
import { writeLateRelations } from './late-relations.ts';
import { type IsDescribed, nameEnds } from './name-ends.ts';
import { writeNewestNodes } from './newest-nodes.ts';
import { writeNewestRelations } from './newest-relations.ts';
import type { NodeElements } from './node-elements.ts';
import { type FamilyPlan, planFamilies, type ScannedFamily } from './plan-families.ts';
import { nameNodes } from './write-nodes.ts';

/** What became of a scan: `duplicate` = the ledger had it, `superseded` = it is of before the compaction horizon. */
export type StructureSummary = {
  readonly verdict: 'written' | 'duplicate' | 'superseded';
  /** How many nodes and relationships were created, changed or closed. */
  readonly nodes: number;
  readonly relations: number;
  readonly unchangedFamilies: number;
};

/**
 * Projects a cluster or certificates scan onto the graph. The graph afterwards depends on the set of scans written, not
 * on their order, number of deliveries, or on writes cut off, provided these are delivered again (docs/decisions/0004).
 */
export async function writeStructure(fence: Fence, observation: StructureObservation): Promise<StructureSummary> {
  const { at, cluster, id } = observation;
  const families = scannedFamilies(observation);
  const plan = await fence.transaction(async (tx) => {
    if (await isBeforeHorizon(tx, cluster, at)) return 'superseded';
    if (await readScan(tx, id)) return 'duplicate';
    const made = await planFamilies(tx, cluster, observation, families);
    await beginFamilies(tx, cluster, touchedBy(made));
    return made;
  });
  if (typeof plan === 'string') return { verdict: plan, nodes: 0, relations: 0, unchangedFamilies: 0 };

  const isDescribed = describedBy(observation, plan);
  // All nodes before the first relationship: its ends may be of other families, placed another way.
  const elements: NodeElements = new Map();
  const nodes =
    (await writeNewestNodes(fence, at, plan.newest, elements)) + (await writeLateNodes(fence, at, plan.late, elements));
  const relations =
    (await writeNewestRelations(fence, at, plan.newest, isDescribed, elements)) +
    (await writeLateRelations(fence, at, plan.late, isDescribed, elements));
  await nameSuperseded(fence, observation, plan);

  const digests = new Map([...families].map(([family, { digest }]) => [family, digest]));
  await fence.transaction(async (tx) => {
    await recordScan(tx, scanRecord(observation, digests));
    await endFamilies(tx, cluster, touchedBy(plan));
  });
  return { verdict: 'written', nodes, relations, unchangedFamilies: plan.unchanged.length };
}

function scannedFamilies(observation: StructureObservation): Map<string, ScannedFamily> {
  const families = [...factsByFamily(observation)];
  return new Map(
    families.map(([family, facts]) => {
      const digest = digestOf(JSON.stringify([facts.entities, facts.relations]));
      return [family, { facts, digest }];
    }),
  );
}

const touchedBy = ({ newest, late }: FamilyPlan): string[] => [...newest, ...late].map(({ family }) => family);

/** The nodes of the families that count. The set is large and rarely asked for, so it is made when it is. */
function describedBy({ entities, coverage }: StructureObservation, { superseded }: FamilyPlan): IsDescribed {
  const standing = new Set(coverage.families.filter((family) => !superseded.includes(family)));
  let described: Set<string> | undefined;
  return (node) => {
    described ??= new Set(entities.filter(({ family }) => standing.has(family)).map(nodeName));
    return described.has(nodeName(node));
  };
}

/** A reading that does not count has seen what it names all the same, whether it came first or last. */
async function nameSuperseded(
  fence: Fence,
  { at, entities, relations }: StructureObservation,
  { superseded }: FamilyPlan,
): Promise<void> {
  const seen = entities.filter(({ family }) => superseded.includes(family));
  await nameNodes(
    fence,
    seen.map(({ label, key, props }) => ({ label, key, naming: namingOf(props) })),
    at,
  );
  await nameEnds(
    fence,
    at,
    relations.filter(({ family }) => superseded.includes(family)),
    () => false,
  );
}
