import type { FindingChange } from './finding-change.ts';

const CHANGE_WORDS: Readonly<Record<FindingChange, string>> = {
  opened: 'Opened',
  reopened: 'Reopened',
  escalated: 'Escalated',
  eased: 'Eased',
  accepted: 'Accepted',
  resolved: 'Resolved',
};

/** A change as people read it: `Opened`. */
export const changeWord = (change: FindingChange): string => CHANGE_WORDS[change];

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Text that came from a cluster, on one line: without line breaks, controls, direction marks and halves of characters. */
export const oneLine = (text: string): string => text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
