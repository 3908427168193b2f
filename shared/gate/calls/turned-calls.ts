import type { TurnedCall } from '../report.ts';
import type { JudgedChange } from '../rule.ts';

/** Every call seen whose verdict the change turns, gravest first. */
export function turnedCalls(_judged: JudgedChange): TurnedCall[] {
  return [];
}
