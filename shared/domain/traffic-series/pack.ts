import { type Layer, listName, MEASURES, measuresOf, type Slot } from './slot.ts';

/** Properties of a traffic relationship, as named in shared/domain/graph-schema.ts. */
export type Packed = Readonly<Record<string, string | number | readonly number[] | readonly string[]>>;

/**
 * Slots as the properties of one relationship. A pure function of the set of slots: `at` ascending, outcomes of a window
 * by name, `codes` in order of first appearance, so appending a later window and packing anew give the same properties.
 * A list that would hold nothing but zeros (or no latency) is left out: most edges never fail and are never refused, and
 * each list costs a write a window. `slots` must not be empty and must hold each window start once.
 */
export function packSlots(layer: Layer, slots: readonly Slot[]): Packed {
  const ordered = slots.toSorted((a, b) => a.at - b.at);
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (!first || !last) throw new RangeError('a traffic relationship holds at least one window');
  const packed: Record<string, number | number[] | string[]> = {
    firstAt: first.at,
    lastAt: last.at + last.length,
    at: ordered.map((slot) => slot.at),
    wLength: ordered.map((slot) => slot.length),
    ...packOutcomes(ordered),
  };
  for (const measure of MEASURES[layer].sums) {
    packed[measure] = ordered.reduce((total, slot) => total + (slot.values[measure] ?? 0), 0);
  }
  for (const [measure, nothing] of measuresOf(layer)) {
    const column = ordered.map((slot) => slot.values[measure] ?? nothing);
    if (column.some((value) => value !== nothing)) packed[listName(measure)] = column;
  }
  return packed;
}

/** The inverse of `packSlots`. */
export function unpackSlots(layer: Layer, packed: Packed): Slot[] {
  const list = <T>(name: string) => (packed[name] ?? []) as readonly T[];
  const outcomes = unpackOutcomes(list('wCodeAt'), list('wCode'), list('wCodeCount'));
  const columns = measuresOf(layer).map(
    ([measure, nothing]) => [measure, nothing, list<number>(listName(measure))] as const,
  );
  const lengths = list<number>('wLength');
  return list<number>('at').map((at, i) => ({
    at,
    length: lengths[i] as number,
    values: Object.fromEntries(columns.map(([measure, nothing, column]) => [measure, column[i] ?? nothing])),
    outcomes: outcomes.get(at) ?? {},
  }));
}

/** Outcomes of one window in the order they are stored. */
export function outcomeEntries(slot: Slot): { at: number; code: string; count: number }[] {
  return Object.entries(slot.outcomes)
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, count]) => ({ at: slot.at, code, count }));
}

function packOutcomes(ordered: readonly Slot[]): Record<string, number[] | string[]> {
  const outcomes = ordered.flatMap(outcomeEntries);
  const totals = new Map<string, number>();
  for (const { code, count } of outcomes) totals.set(code, (totals.get(code) ?? 0) + count);
  return {
    codes: [...totals.keys()],
    codeCounts: [...totals.values()],
    wCodeAt: outcomes.map((entry) => entry.at),
    wCode: outcomes.map((entry) => entry.code),
    wCodeCount: outcomes.map((entry) => entry.count),
  };
}

function unpackOutcomes(at: readonly number[], codes: readonly string[], counts: readonly number[]) {
  const byWindow = new Map<number, Record<string, number>>();
  for (const [i, window] of at.entries()) {
    const outcomes = byWindow.get(window) ?? {};
    outcomes[codes[i] as string] = counts[i] as number;
    byWindow.set(window, outcomes);
  }
  return byWindow;
}

/** The properties of a traffic relationship that its windows have no part in: what it is, not what happened. */
export function identityOf(layer: Layer, props: Packed): Packed {
  const packed = new Set([
    'firstAt',
    'lastAt',
    'at',
    'wLength',
    'codes',
    'codeCounts',
    'wCodeAt',
    'wCode',
    'wCodeCount',
  ]);
  for (const [measure] of measuresOf(layer)) packed.add(measure).add(listName(measure));
  return Object.fromEntries(Object.entries(props).filter(([name]) => !packed.has(name)));
}
