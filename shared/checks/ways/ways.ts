import type { NodeRef } from '../../domain/observation.ts';
import { type Hop, isFact, toHops } from './hops.ts';
import type { FactRow, WayRow } from './way-row.ts';

/** Calls of a period as hops, and what their ends are; every node by its key. */
export type Ways = {
  readonly hops: readonly Hop[];
  /** Which classes of data a node holds. */
  readonly data: ReadonlyMap<string, readonly string[]>;
  /** The workloads exposed to each exposure, by its name. */
  readonly exposed: ReadonlyMap<string, readonly string[]>;
  readonly unowned: readonly string[];
  /** Roles that give a workload power over the cluster. */
  readonly powers: ReadonlyMap<string, readonly string[]>;
  readonly nameOf: (key: string) => string;
  readonly refTo: (key: string) => NodeRef;
};

export function toWays(rows: readonly WayRow[]): Ways {
  const facts = rows.filter(isFact);
  const nodes = new Map(facts.filter(({ layer }) => layer === 'NODE').map((node) => [node.key, node]));
  const of = (layer: FactRow['layer']) => facts.filter((fact) => fact.layer === layer);
  return {
    hops: toHops(rows),
    data: byNode(of('HELD_BY')),
    exposed: new Map(of('EXPOSED').map(({ name, from }) => [name ?? '', from])),
    unowned: of('UNOWNED').flatMap(({ from }) => from),
    powers: byNode(of('POWER')),
    nameOf: (key) => nodes.get(key)?.name ?? key,
    refTo: (key) => ({ label: nodes.get(key)?.label ?? 'Workload', key }),
  };
}

function byNode(facts: readonly FactRow[]): Map<string, string[]> {
  const names = new Map<string, Set<string>>();
  for (const { name, from } of facts) {
    for (const key of from) names.set(key, (names.get(key) ?? new Set()).add(name ?? ''));
  }
  return new Map([...names].map(([key, some]) => [key, [...some].sort()]));
}

/** Who holds each class of data. */
export function holdersByData({ data }: Ways): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const [key, classes] of data) {
    for (const name of classes) holders.set(name, [...(holders.get(name) ?? []), key]);
  }
  return holders;
}

/** `a → b → c`. */
export const wayText = (start: string, way: readonly Hop[], { nameOf }: Ways): string =>
  [start, ...way.map(({ to }) => to)].map(nameOf).join(' → ');
