import type { Entity, PropertyValue } from '../domain/observation.ts';

export type OwnerReference = { readonly apiVersion?: string; readonly kind: string; readonly name: string };

export type Metadata = {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly creationTimestamp?: string | null;
};

/** An object as the API server gives it. Fields beyond metadata are typed where they are read. */
export type KubernetesObject = { readonly metadata: Metadata; readonly [field: string]: unknown };

/** `{a: '1'}` as `['a=1']`, sorted: how the graph keeps labels, annotations and selectors. */
export function pairs(map: Readonly<Record<string, string>> | undefined): string[] {
  return Object.entries(map ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

/** creationTimestamp as epoch milliseconds. */
export function createdAt(metadata: Metadata): number | undefined {
  const at = Date.parse(metadata.creationTimestamp ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** Properties without those that are unknown: the graph has no null. */
export function known(props: Readonly<Record<string, PropertyValue | undefined>>): Entity['props'] {
  return Object.fromEntries(Object.entries(props).filter((e): e is [string, PropertyValue] => e[1] !== undefined));
}

/** Each once, sorted: lists must not change between two scans of an unchanged cluster. */
export const distinct = (values: Iterable<string>): string[] => [...new Set(values)].sort();
