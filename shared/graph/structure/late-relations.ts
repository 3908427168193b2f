import type { Relation } from '../../domain/observation.ts';
import { relationName } from '../../domain/projection/family-facts.ts';
import type { Life } from '../../domain/projection/lives.ts';
import { placeFamily } from '../../domain/projection/place-family.ts';
import { digestOf } from '../digest.ts';
import type { Fence } from '../lease.ts';
import { familyOf, liveMarker, pastMarker } from './family-marker.ts';
import type { FamilyWork } from './family-work.ts';
import { intervalUpdate } from './interval-update.ts';
import { type IsDescribed, nameEnds } from './name-ends.ts';
import type { NodeElements } from './node-elements.ts';
import { readStoredRelations, type StoredRelation } from './read-facts.ts';
import { createRelations, deleteRelations, type Interval, type Move, moveRelations } from './write-relations.ts';

/** Writes the relationships of families to which the scan comes late, as `writeLateNodes` does their nodes. */
export async function writeLateRelations(
  fence: Fence,
  at: number,
  work: readonly FamilyWork[],
  isDescribed: IsDescribed,
  elements: NodeElements,
): Promise<number> {
  if (work.length === 0) return 0;
  const { cluster } = fence;
  const markers = work.flatMap(({ family }) => [liveMarker(cluster, family), pastMarker(cluster, family)]);
  const stored = await fence.transaction((tx) => readStoredRelations(tx, markers));
  const byFamily = Map.groupBy(stored, ({ family }) => familyOf(cluster, family));
  let written = 0;
  for (const one of work)
    written += await writeFamily(fence, at, one, byFamily.get(one.family) ?? [], isDescribed, elements);
  return written;
}

async function writeFamily(
  fence: Fence,
  at: number,
  { family, facts, covering }: FamilyWork,
  own: readonly StoredRelation[],
  isDescribed: IsDescribed,
  elements: NodeElements,
): Promise<number> {
  const held = new Map(facts.relations.map((relation) => [digestOf(relationName(relation)), relation]));
  const stored = Map.groupBy(own, ({ id }) => id);
  const lives = new Map([...stored].map(([id, intervals]) => [id, livesOf(intervals)]));
  const placed = placeFamily(
    { nodes: new Map(), relations: lives },
    { at, nodes: new Map(), relations: new Set(held.keys()) },
    covering,
  );

  const moves: Move[] = [];
  const stale: string[] = [];
  const fresh: Interval[] = [];
  for (const [id, wanted] of placed.relations) {
    const intervals = stored.get(id) ?? [];
    const update = intervalUpdate(intervals, wanted);
    const relation = held.get(id) ?? (intervals[0] as Relation);
    moves.push(...update.moves.map((move) => ({ ...move, family })));
    stale.push(...update.stale);
    fresh.push(...update.fresh.map((life) => ({ ...relation, id, family, life })));
  }
  await nameEnds(fence, at, held.values(), isDescribed);
  await createRelations(fence, fresh, elements);
  await moveRelations(fence, moves);
  await deleteRelations(fence, stale);
  return moves.length + stale.length + fresh.length;
}

const livesOf = (intervals: readonly StoredRelation[]): Life[] =>
  intervals.map(({ life }) => life).sort((a, b) => a.from - b.from);
