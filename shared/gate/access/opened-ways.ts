import type { Opened } from '../report.ts';
import type { JudgedChange } from '../rule.ts';

/** Who may call what it could not before. */
export function openedWays(_judged: JudgedChange): Opened[] {
  return [];
}
