import { z } from 'zod';
import { some, TOLD } from '../pairs/some.ts';
import type { Hop } from './hops.ts';
import { walk, wayTo } from './walk.ts';
import type { WayRow } from './way-row.ts';
import { toWays, type Ways } from './ways.ts';

/** Who holds data, and the hops on ways to it that lack something, the nearest first. */
export const weakHopsRow = z.object({
  holderKey: z.string(),
  holderLabel: z.string(),
  holder: z.string(),
  data: z.array(z.string()),
  /** `a → b`. */
  hops: z.array(z.string()),
  /** Called by the hops that are told. */
  callees: z.array(z.object({ label: z.string(), key: z.string() })),
  policies: z.array(z.string()),
  /** How many hops lead to the data in all. */
  of: z.number(),
});

export type WeakHopsRow = z.infer<typeof weakHopsRow>;

/**
 * One row a holder of data. A hop belongs to the holder that is nearest to where it leads, so that each is told once
 * however many holders it leads to.
 */
export const weakHops =
  (isWeak: (hop: Hop, ways: Ways) => boolean) =>
  (rows: readonly WayRow[]): WeakHopsRow[] => {
    const ways = toWays(rows);
    const reached = walk([...ways.data.keys()], ways.hops, 'against');
    const leading = ways.hops.flatMap((hop) => {
      if (!reached.has(hop.to)) return [];
      const rest = wayTo(hop.to, reached, 'against');
      return { hop, holder: rest.at(-1)?.to ?? hop.to, distance: rest.length };
    });
    return [...Map.groupBy(leading, ({ holder }) => holder)].flatMap(([holderKey, all]) => {
      const weak = all.filter(({ hop }) => isWeak(hop, ways));
      if (weak.length === 0) return [];
      const text = ({ from, to }: Hop) => `${ways.nameOf(from)} → ${ways.nameOf(to)}`;
      const sorted = weak.toSorted((a, b) => a.distance - b.distance || (text(a.hop) < text(b.hop) ? -1 : 1));
      return {
        holderKey,
        holderLabel: ways.refTo(holderKey).label,
        holder: ways.nameOf(holderKey),
        data: [...(ways.data.get(holderKey) ?? [])],
        hops: sorted.map(({ hop }) => text(hop)),
        callees: [...new Set(sorted.slice(0, TOLD).map(({ hop }) => hop.to))].map(ways.refTo),
        policies: [...new Set(sorted.flatMap(({ hop }) => hop.byDefault))].sort(),
        of: all.length,
      };
    });
  };

/** `2 of 5 hops on ways to personal data at books/mysql`, and the nearest of them. */
export function weakHopsText({ hops, of, data, holder }: WeakHopsRow, how: string): string {
  const which = of === 1 ? 'the only hop' : `${hops.length} of ${of} hops`;
  const verb = hops.length === 1 ? 'is' : 'are';
  return `${which} on ways to ${data.join(' and ')} data at ${holder} ${verb} ${how}: ${some(hops)}`;
}
