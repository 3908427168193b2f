import { z } from 'zod';
import { causesOf, type hoursRow, oddPairs } from '../usual/odd-pairs.ts';

/** A caller whose calls rose far above what they used to be; told by the pair that rose most. */
export const loudCallerRow = z.object({
  callerKey: z.string(),
  callerLabel: z.string(),
  caller: z.string(),
  callees: z.array(z.object({ label: z.string(), key: z.string(), name: z.string() })),
  hour: z.number(),
  count: z.number(),
  usual: z.number(),
  basis: z.enum(['hour of the week', 'all hours']),
  further: z.number(),
});

type LoudCallerRow = z.infer<typeof loudCallerRow>;

/** Small numbers jump: ten calls where there were two are no news. */
const LEAST_COUNT = 100;

/** One row a caller that nobody made rise: what it calls rose with it, and what that calls. */
export function loudCallers(rows: readonly z.infer<typeof hoursRow>[]): LoudCallerRow[] {
  const odd = oddPairs(rows, { measure: ({ count }) => count, isWorthTelling: ({ count }) => count >= LEAST_COUNT });
  return causesOf(odd, 'caller').map(({ pairs, further }) => {
    const [{ callerKey, callerLabel, caller, hour, value, than }] = pairs;
    return {
      ...{ callerKey, callerLabel, caller, further, basis: than.basis },
      callees: pairs.map(({ calleeLabel, calleeKey, callee }) => ({
        label: calleeLabel,
        key: calleeKey,
        name: callee,
      })),
      hour: hour.from,
      count: value,
      usual: Math.round(than.usual),
    };
  });
}
