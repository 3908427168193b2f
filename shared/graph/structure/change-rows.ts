import type { NodeRef } from '../../domain/observation.ts';
import type { PropertyChange } from '../../domain/projection/changes.ts';
import { nodeName } from '../../domain/projection/family-facts.ts';
import { digestOf } from '../digest.ts';

/** A `Change` node's properties; values are JSON texts, null where the property was not there. */
export type ChangeRow = {
  readonly key: string;
  readonly cluster: string;
  readonly at: number;
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
};

export type ChangeUpdate = {
  readonly newChanges: readonly ChangeRow[];
  /** Keys of changes that are no longer true. */
  readonly staleChanges: readonly string[];
};

/** Takes a node's changes from those stored to those that are to be. */
export function changeUpdate(
  cluster: string,
  node: NodeRef,
  stored: readonly PropertyChange[],
  wanted: readonly PropertyChange[],
): ChangeUpdate {
  const rows = (changes: readonly PropertyChange[]) =>
    new Map(changes.map((change) => changeRow(cluster, node, change)).map((row) => [JSON.stringify(row), row]));
  const before = rows(stored);
  const after = rows(wanted);
  return {
    newChanges: [...after].filter(([text]) => !before.has(text)).map(([, row]) => row),
    staleChanges: [...before].filter(([text]) => !after.has(text)).map(([, row]) => row.key),
  };
}

function changeRow(cluster: string, node: NodeRef, { at, path, before, after }: PropertyChange): ChangeRow {
  const text = (value: PropertyChange['before']) => (value === undefined ? null : JSON.stringify(value));
  const key = `${cluster}/Change/${digestOf(`${nodeName(node)} ${at} ${path}`)}`;
  return { key, cluster, at, path, before: text(before), after: text(after) };
}

/** A change as it was stored. */
export const propertyChange = ({ at, path, before, after }: Omit<ChangeRow, 'key' | 'cluster'>): PropertyChange => ({
  at,
  path,
  before: before === null ? undefined : JSON.parse(before),
  after: after === null ? undefined : JSON.parse(after),
});
