import type { Verdict } from '../../linkerd/policy/verdict.ts';
import { fails, type JudgedCall, type Outcome, passes } from './judged-call.ts';

/** What a change does to calls that got through. */
export type Effect = {
  /**
   * `denied`: whatever they are like. `audited-denied`: those that policy only audits. `may-be-denied`: some ways to come
   * fail and others do not, or it cannot be told. `audited`: they would pass for as long as policy only audits.
   */
  readonly kind: 'denied' | 'audited-denied' | 'may-be-denied' | 'audited';
  /** The ways to come that suffer, and those that do not. */
  readonly hit: readonly [Outcome, ...Outcome[]];
  readonly spared: readonly Outcome[];
};

/** Undefined where nothing gets worse. What was turned away when it was seen cannot get worse. */
export function effectOn({ seen, outcomes }: JudgedCall): Effect | undefined {
  if (seen === 'turned-away') return undefined;
  const let_in = outcomes.filter(({ before }) => !fails(before));
  const denied = split(let_in, ({ after }) => fails(after));
  if (denied) {
    const certain = denied.spared.length === 0;
    const audited = denied.hit.every(({ before }) => before.verdict === 'audited');
    if (!certain) return { kind: 'may-be-denied', ...denied };
    return { kind: audited && !denied.hit.some(isUnanswered) ? 'audited-denied' : 'denied', ...denied };
  }
  const unclear = split(let_in, ({ before, after }) => passes(before) && after.verdict === 'unknown');
  if (unclear) return { kind: 'may-be-denied', ...unclear };
  const audited = split(let_in, ({ before, after }) => before.verdict !== 'audited' && after.verdict === 'audited');
  return audited && { kind: 'audited', ...audited };
}

function split(outcomes: readonly Outcome[], isHit: (outcome: Outcome) => boolean) {
  const [first, ...others] = outcomes.filter(isHit);
  return first && { hit: [first, ...others] as const, spared: outcomes.filter((one) => !isHit(one)) };
}

const isUnanswered = ({ after }: Outcome): boolean => after.verdict === 'broken' && after.server === null;

/** Whether nothing but a default policy lets a call in: no Server has the port (reference 3.5). */
export const byDefaultOnly = (verdict: Verdict): boolean => passes(verdict) && verdict.server?.kind === 'default';
