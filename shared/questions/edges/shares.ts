import type { ToldRow } from './told.ts';

/** What became of some of an edge's requests. `refused`: by the caller's own proxy; `unknown`: no called proxy tells. */
export type Share = {
  readonly verdict: string;
  readonly count: number;
  /** Of them, answered with an error (5xx, a failing gRPC code). */
  readonly failures: number;
  readonly policies: readonly string[];
};

/** How the requests of one edge fared, from what its caller and what the called side counted. */
export function sharesOf(calls: readonly ToldRow[], arrivals: readonly ToldRow[]): Share[] {
  const shares = [...Map.groupBy(arrivals, ({ verdict }) => verdict ?? 'unknown')].map(([verdict, told]) => ({
    verdict,
    count: countOf(told),
    failures: failuresOf(told),
    policies: policiesOf(told),
  }));
  const arrived = countOf(shares);
  const left = sent(calls);
  let unseen = Math.max(0, countOf(left) - arrived);
  const [only, ...others] = shares;
  if (only && others.length === 0) {
    // Mesh TLS ends in a proxy, so these arrived as well: counted in the next window, or lost with the pod called.
    const secure = Math.min(unseen, Math.max(0, countOf(left.filter(({ tls }) => tls === 'true')) - arrived));
    only.count += secure;
    unseen -= secure;
  }
  const refused = calls.reduce((sum, row) => sum + row.refused, 0);
  if (refused > 0) shares.push({ verdict: 'refused', count: refused, failures: refused, policies: [] });
  if (unseen > 0 || shares.length === 0) {
    const failures = arrivals.length > 0 ? 0 : failuresOf(left);
    shares.push({ verdict: 'unknown', count: unseen, failures, policies: [] });
  }
  return shares;
}

/** The `tls` of a call its own proxy never sent on. */
export const NOT_SENT = 'not_sent';
const LET_IN: ReadonlySet<string> = new Set(['allowed', 'audited', 'unknown']);

/** Whether it got through: what was always turned away leads nowhere. */
export const isLetIn = ({ verdict }: Share): boolean => LET_IN.has(verdict);

/** The calls that left the caller's proxy. */
export const sent = (calls: readonly ToldRow[]): ToldRow[] => calls.filter(({ tls }) => tls !== NOT_SENT);

export const countOf = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0);

export const failuresOf = (rows: readonly ToldRow[]): number => rows.reduce((sum, { failures }) => sum + failures, 0);

export const policiesOf = (rows: readonly { readonly policies: readonly string[] }[]): string[] =>
  [...new Set(rows.flatMap(({ policies }) => policies))].sort();
