import type { Packed } from '../traffic-series/pack.ts';
import { type Layer, listName, MEASURES, measuresOf } from '../traffic-series/slot.ts';

/** The properties of a traffic relationship that tell single windows. Totals stand beside them. */
export const windowLists = (layer: Layer): readonly string[] => [
  'at',
  'wLength',
  'wCodeAt',
  'wCode',
  'wCodeCount',
  ...measuresOf(layer).map(([measure]) => listName(measure)),
];

/** Several relationships of one series as one that holds their totals and no windows. They share no window. */
export function mergeTotals(layer: Layer, chunks: readonly Packed[]): Packed {
  const numbers = (name: string) => chunks.map((chunk) => chunk[name] as number);
  const codes = new Map<string, number>();
  for (const chunk of chunks) {
    const counts = chunk.codeCounts as readonly number[];
    for (const [i, code] of (chunk.codes as readonly string[]).entries()) {
      codes.set(code, (codes.get(code) ?? 0) + (counts[i] as number));
    }
  }
  // By name: the order of first appearance is gone once days were merged one after another.
  const ordered = [...codes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    firstAt: Math.min(...numbers('firstAt')),
    lastAt: Math.max(...numbers('lastAt')),
    ...Object.fromEntries(
      MEASURES[layer].sums.map((measure) => [measure, numbers(measure).reduce((sum, value) => sum + value, 0)]),
    ),
    codes: ordered.map(([code]) => code),
    codeCounts: ordered.map(([, count]) => count),
  };
}
