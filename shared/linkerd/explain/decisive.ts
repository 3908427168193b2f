import type { Outcome } from '../policy/verdict.ts';
import type { Explained } from './explain-call.ts';

/** From what cannot be told over what does not pass to what does. */
const WEIGHT: readonly Outcome[] = [
  'unknown',
  'denied',
  'broken',
  'rate-limited',
  'audited',
  'allowed',
  'not-enforced',
];

/** The answer that decides over the whole: unknown is not green, and one port that is shut is not open. */
export function decisive(answers: readonly Explained[]): Explained {
  return answers.toSorted((a, b) => WEIGHT.indexOf(a.verdict) - WEIGHT.indexOf(b.verdict))[0] as Explained;
}

/** 0 the call passes, 1 it does not, 2 nobody can tell. */
export function exitCode(answers: readonly Explained[]): 0 | 1 | 2 {
  const { verdict } = decisive(answers);
  if (verdict === 'unknown') return 2;
  return verdict === 'denied' || verdict === 'broken' || verdict === 'rate-limited' ? 1 : 0;
}
