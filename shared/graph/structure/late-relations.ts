import type { Relation } from '../../domain/observation.ts';
import { relationName } from '../../domain/projection/family-facts.ts';
import type { Life } from '../../domain/projection/lives.ts';
import { placeFamily } from '../../domain/projection/place-family.ts';
import { digestOf } from '../digest.ts';
import type { Fence } from '../lease.ts';
import type { FamilyWork } from './family-work.ts';
import { intervalUpdate } from './interval-update.ts';
import { type IsDescribed, nameEnds } from './name-ends.ts';
import type { StoredRelation } from './read-facts.ts';
import { createRelations, deleteRelations, type Interval, type Move, moveRelations } from './write-relations.ts';

/** Places a scan among those that covered a family, for its relationships. `own`: all intervals stored of the family. */
export async function writeLateRelations(
  fence: Fence,
  at: number,
  { family, facts, covering }: FamilyWork,
  own: readonly StoredRelation[],
  isDescribed: IsDescribed,
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
  await createRelations(fence, fresh);
  await moveRelations(fence, moves);
  await deleteRelations(fence, stale);
  return moves.length + stale.length + fresh.length;
}

const livesOf = (intervals: readonly StoredRelation[]): Life[] =>
  intervals.map(({ life }) => life).sort((a, b) => a.from - b.from);
