import { z } from 'zod';
import { causesOf, type hoursRow, oddPairs } from '../usual/odd-pairs.ts';

/** A callee that fails its callers far more often than it used to; told by the caller it fails most often. */
export const failingCalleeRow = z.object({
  calleeKey: z.string(),
  calleeLabel: z.string(),
  callee: z.string(),
  callers: z.array(z.object({ label: z.string(), key: z.string(), name: z.string() })),
  hour: z.number(),
  count: z.number(),
  failures: z.number(),
  /** Share of requests that fail, in percent. */
  usual: z.number(),
  basis: z.enum(['hour of the week', 'all hours']),
  further: z.number(),
});

type FailingCalleeRow = z.infer<typeof failingCalleeRow>;

/** A handful of failures happens at every restart. */
const LEAST_FAILURES = 10;
/** Five of a hundred more than usual: below it retries hide them from everybody. */
const LEAST_RISE = 0.05;

/** One row a callee that itself is failed by nobody more than usual: who calls it fails with it, and who calls that. */
export function failingCallees(rows: readonly z.infer<typeof hoursRow>[]): FailingCalleeRow[] {
  const odd = oddPairs(rows, {
    measure: ({ count, failures }) => (count > 0 ? failures / count : undefined),
    isWorthTelling: ({ count, failures }, { usual }) =>
      failures >= LEAST_FAILURES && failures / count - usual >= LEAST_RISE,
  });
  return causesOf(odd, 'callee').map(({ pairs, further }) => {
    const [{ calleeKey, calleeLabel, callee, hour, than }] = pairs;
    return {
      ...{ calleeKey, calleeLabel, callee, further, basis: than.basis },
      callers: pairs.map(({ callerLabel, callerKey, caller }) => ({
        label: callerLabel,
        key: callerKey,
        name: caller,
      })),
      hour: hour.from,
      count: hour.count,
      failures: hour.failures,
      usual: Math.round(than.usual * 100),
    };
  });
}
