import type { Entity } from '../../domain/observation.ts';
import { changesBetween } from '../../domain/projection/changes.ts';
import { descriptionText } from '../../domain/projection/family-facts.ts';
import { isLive, type Life } from '../../domain/projection/lives.ts';
import { namingOf } from '../../domain/projection/naming.ts';
import { packLives } from '../../domain/projection/packed-lives.ts';
import { lastHolder, type NodeFact } from '../../domain/projection/place-fact.ts';
import { digestOf } from '../digest.ts';
import { type ChangeUpdate, changeUpdate } from './change-rows.ts';
import { liveMarker, pastMarker } from './family-marker.ts';
import type { StoredNode } from './stored-node.ts';

/** What is to be written of one node; a null in the patch takes the property away. */
export type NodeUpdate = ChangeUpdate & {
  readonly label: string;
  readonly key: string;
  readonly patch: Readonly<Record<string, unknown>>;
};

type Context = {
  readonly cluster: string;
  readonly family: string;
  /** Instants of the scans that cover the family, the present one among them, ascending. */
  readonly instants: readonly number[];
};

/** Whether an update says anything that is not stored already. */
export const isNews = ({ patch, newChanges, staleChanges }: NodeUpdate, { properties }: StoredNode): boolean =>
  newChanges.length + staleChanges.length > 0 ||
  Object.entries(patch).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(properties[name] ?? null));

/** Takes a node from what is stored to what it is to be. `entity` is the scan's description, where the scan holds it. */
export function nodeUpdate(
  stored: StoredNode,
  fact: NodeFact,
  entity: Entity | undefined,
  context: Context,
): NodeUpdate {
  const isKnown = fact.lives.length > 0;
  const description = isKnown ? fact.description : {};
  const changed = changesBetween(stored.description, description, 0).map(({ path, after }) => [path, after ?? null]);
  return {
    label: stored.label,
    key: stored.key,
    patch: {
      ...(entity && namingOf(entity.props)),
      ...Object.fromEntries(changed),
      ...packLives(fact.lives),
      ...seen(stored, fact.lives, context.instants),
      hash: isKnown ? digestOf(descriptionText(description)) : null,
      family: markerOf(fact.lives, context),
    },
    ...changeUpdate(context.cluster, stored, stored.changes, fact.changes),
  };
}

function markerOf(lives: readonly Life[], { cluster, family }: Context): string | null {
  if (lives.length === 0) return null;
  return isLive(lives) ? liveMarker(cluster, family) : pastMarker(cluster, family);
}

/** Traffic and other scans may have seen the node earlier or later; lowest and highest do not depend on who came first. */
function seen({ firstSeen, lastSeen }: StoredNode, lives: readonly Life[], instants: readonly number[]) {
  const ends = lives.filter(({ to }) => Number.isFinite(to)).map((life) => lastHolder(life, instants));
  return {
    firstSeen: bound(Math.min, [firstSeen, lives[0]?.from]),
    lastSeen: bound(Math.max, [lastSeen, ...ends]),
  };
}

function bound(pick: (...instants: number[]) => number, instants: readonly (number | undefined)[]): number | null {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length > 0 ? pick(...known) : null;
}
