import { parseDuration } from '../../domain/duration.ts';
import type { CheckParameter } from '../check.ts';

export const usualParameters: readonly CheckParameter[] = [
  { name: 'recent', meaning: 'how many of the last whole hours are judged', defaultMs: parseDuration('3h') },
  {
    name: 'history',
    meaning: 'how long the mesh must have been watched, and a pair be known, before its hours are judged',
    defaultMs: parseDuration('7d'),
  },
];

/** What is left unsaid by a number: what it was measured against. */
export const basisText = (basis: 'hour of the week' | 'all hours'): string =>
  basis === 'hour of the week'
    ? 'at that hour of the week'
    : 'by all hours, since fewer than four weeks of that hour are known';
