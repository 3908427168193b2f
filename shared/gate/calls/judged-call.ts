import type { Verdict, Outcome as Word } from '../../linkerd/policy/verdict.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { Share } from '../../questions/edges/shares.ts';
import type { Facts } from './call-facts.ts';

/** How calls were seen to fare: let in, let in because policy only audits, or turned away. */
export type Seen = 'let-in' | 'audited' | 'turned-away';

/** One way in which a call may come, judged before and after the change. */
export type Outcome = {
  readonly facts: Facts;
  /** The pods, as far as they are known. */
  readonly caller: string | null;
  readonly callee: string | null;
  readonly before: Verdict;
  readonly after: Verdict;
  /** It was mutual TLS and is not any more. */
  readonly losesMTls: boolean;
  /** After the change is when the pods are created again. */
  readonly recreated: boolean;
};

/** Calls seen between two ends that fared alike, with all ways to come of which that would be true. */
export type JudgedCall = {
  readonly edge: Edge;
  readonly seen: Seen;
  readonly count: number;
  /** False: by the policy before the change no way to come explains what was seen, so these are all there are. */
  readonly explained: boolean;
  readonly outcomes: readonly Outcome[];
};

const PASSES: ReadonlySet<Word> = new Set(['allowed', 'audited', 'not-enforced']);
export const passes = ({ verdict }: Verdict): boolean => PASSES.has(verdict);
export const fails = (verdict: Verdict): boolean => !passes(verdict) && verdict.verdict !== 'unknown';

/** What shares of an edge say of how its calls fared. `unknown`: no called proxy tells, nothing turned them away. */
export function seenOf({ verdict }: Pick<Share, 'verdict'>): Seen {
  if (verdict === 'audited') return 'audited';
  return verdict === 'denied' || verdict === 'noRoute' || verdict === 'refused' || verdict === 'terminated'
    ? 'turned-away'
    : 'let-in';
}

/**
 * The ways to come that fit what was seen: the verdict, and where shares name what admitted, that too. `default/...` among
 * the names is a default policy's mode.
 */
export function fitting(seen: Seen, shares: readonly Share[], outcomes: readonly Outcome[]): readonly Outcome[] {
  const sameVerdict = outcomes.filter(({ before }) => fits(seen, before));
  const names = new Set(shares.flatMap(({ policies }) => policies.map((policy) => policy.split('/').at(-1))));
  const sameNames = sameVerdict.filter(({ before }) => before.authorizations.some(({ name }) => names.has(name)));
  return sameNames.length > 0 ? sameNames : sameVerdict;
}

function fits(seen: Seen, before: Verdict): boolean {
  if (before.verdict === 'unknown') return true;
  if (seen === 'turned-away') return fails(before);
  return seen === 'audited' ? before.verdict === 'audited' : passes(before);
}
