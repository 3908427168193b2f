import { changesBetween, type Properties, type PropertyChange, propertiesAt } from './changes.ts';
import { nextOf, previousOf } from './covering-scans.ts';
import { assignLife, type Life, livesAt } from './lives.ts';

/** What one scan says of one fact: held (a node with its description), or not held. */
export type Sighting<Held> = { readonly at: number; readonly held: Held | undefined };

/**
 * A relationship's lives once a scan is placed among those that covered its family. A fact lives from the first scan that
 * held it to the first later one that did not, so what a scan says holds until the next covering scan, however late it
 * is told. `covering` are the instants of the other covering scans, ascending.
 */
export const placeRelation = (
  lives: readonly Life[],
  { at, held }: Sighting<true>,
  covering: readonly number[],
): Life[] => assignLife(lives, { from: at, to: nextOf(covering, at) }, held === true);

export type NodeFact = {
  readonly lives: readonly Life[];
  /** As the last scan that held it described it. */
  readonly description: Properties;
  /** Ascending by `at`. */
  readonly changes: readonly PropertyChange[];
};

export const UNKNOWN_NODE: NodeFact = { lives: [], description: {}, changes: [] };

/**
 * A node's lives, description and changes once a scan is placed. Changes stand between one scan that held the node and
 * the next that did, so only those between the neighbours of `at` are made anew: earlier and later ones keep. A node
 * that came back after a gap is compared with what it was before.
 */
export function placeNode(fact: NodeFact, { at, held }: Sighting<Properties>, covering: readonly number[]): NodeFact {
  const previous = previousHolder(fact.lives, at, covering);
  const next = nextHolder(fact.lives, at, covering);
  const valueAt = (instant: number) => propertiesAt(fact.description, fact.changes, instant);

  const values = [
    ...(previous === undefined ? [] : [{ at: previous, value: valueAt(previous) }]),
    ...(held ? [{ at, value: held }] : []),
    ...(next === undefined ? [] : [{ at: next, value: valueAt(next) }]),
  ];
  const between = values.slice(1).flatMap((later, index) => {
    const earlier = values[index] as (typeof values)[number];
    return changesBetween(earlier.value, later.value, later.at);
  });
  const keeps = (change: PropertyChange) =>
    (previous !== undefined && change.at <= previous) || (next !== undefined && change.at > next);
  const changes = [...fact.changes.filter(keeps), ...between].sort((a, b) => a.at - b.at);

  return {
    lives: assignLife(fact.lives, { from: at, to: nextOf(covering, at) }, held !== undefined),
    description: next === undefined ? (values.at(-1)?.value ?? fact.description) : fact.description,
    changes,
  };
}

/** The last scan before `at` that held the node. */
function previousHolder(lives: readonly Life[], at: number, covering: readonly number[]): number | undefined {
  const previous = previousOf(covering, at);
  if (previous === undefined) return undefined;
  const life = lives.findLast(({ from }) => from <= previous);
  return life && lastHolder({ from: life.from, to: Math.min(life.to, previous + 1) }, covering);
}

/** The first scan after `at` that held the node. */
function nextHolder(lives: readonly Life[], at: number, covering: readonly number[]): number | undefined {
  const next = nextOf(covering, at);
  return livesAt(lives, next) ? next : lives.find(({ from }) => from > next)?.from;
}

/** The last scan that held a fact in a life of it; its start when the ledger names none (a write that was cut off). */
export const lastHolder = ({ from, to }: Life, covering: readonly number[]): number =>
  Math.max(from, previousOf(covering, to) ?? from);
