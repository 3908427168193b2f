import type { PropertyValue } from '../observation.ts';

export type Properties = Readonly<Record<string, PropertyValue>>;

/** A described property took another value at `at`, the first scan that saw it; `undefined` = it was not there. */
export type PropertyChange = {
  readonly at: number;
  readonly path: string;
  readonly before: PropertyValue | undefined;
  readonly after: PropertyValue | undefined;
};

/** What changed from one description to the next, by property name. Lists are compared in order. */
export function changesBetween(before: Properties, after: Properties, at: number): PropertyChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths
    .filter((path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]))
    .map((path) => ({ at, path, before: before[path], after: after[path] }));
}

/** The description as it was at `at`: the present one with every later change taken back, newest first. */
export function propertiesAt(present: Properties, changes: readonly PropertyChange[], at: number): Properties {
  const past: Record<string, PropertyValue | undefined> = { ...present };
  const later = changes.filter((change) => change.at > at).sort((a, b) => b.at - a.at);
  for (const { path, before } of later) past[path] = before;
  return Object.fromEntries(
    Object.entries(past).filter((entry): entry is [string, PropertyValue] => entry[1] !== undefined),
  );
}
