import type { NodeRef } from '../../domain/observation.ts';
import { descriptionOf } from '../../domain/projection/naming.ts';
import { type PackedLives, unpackLives } from '../../domain/projection/packed-lives.ts';
import { type NodeFact, UNKNOWN_NODE } from '../../domain/projection/place-fact.ts';
import { type ChangeRow, propertyChange } from './change-rows.ts';

/** A node as the graph has it: described, past, or only named by traffic or a relationship (then without lives). */
export type StoredNode = NodeRef &
  NodeFact & {
    /** The family that describes it or did (family-marker.ts). */
    readonly marker: string | undefined;
    readonly firstSeen: number | undefined;
    readonly lastSeen: number | undefined;
    /** All that it carries. */
    readonly properties: Readonly<Record<string, unknown>>;
  };

type LifeColumns = PackedLives & {
  readonly key: string;
  readonly cluster: string;
  readonly firstSeen?: number;
  readonly lastSeen?: number;
  readonly hash?: string;
  readonly family?: string;
};

export type NodeRow = {
  readonly properties: LifeColumns & Readonly<Record<string, never>>;
  readonly changes: readonly Omit<ChangeRow, 'key' | 'cluster'>[];
};

export function storedNode(label: string, { properties, changes }: NodeRow): StoredNode {
  const { key, cluster, firstSeen, lastSeen, validFrom, validTo, pastLives, hash, family, ...described } = properties;
  return {
    label,
    key,
    marker: family,
    firstSeen,
    lastSeen,
    properties,
    lives: unpackLives(properties),
    // A node without a hash was never described: what it carries came with its name.
    description: hash === undefined ? {} : descriptionOf(described),
    changes: changes.map(propertyChange).sort((a, b) => a.at - b.at),
  };
}

/** A node that is not in the graph yet. */
export const newNode = ({ label, key }: NodeRef): StoredNode => ({
  label,
  key,
  marker: undefined,
  firstSeen: undefined,
  lastSeen: undefined,
  properties: {},
  ...UNKNOWN_NODE,
});
