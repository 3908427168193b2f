import type { Horizon } from '../../domain/compaction/horizon.ts';
import type { Fence } from '../lease.ts';
import { FORGET_FACTS, FORGET_FINDINGS, FORGET_TRAFFIC } from './forget-past.ts';
import { rollUpDays } from './roll-up-days.ts';
import { rollUpLedger } from './roll-up-ledger.ts';
import { rollUpMonths } from './roll-up-months.ts';

export type CompactionStep = {
  /** What it changes; several steps may change the same. */
  readonly name: string;
  readonly run: (fence: Fence, horizon: Horizon) => Promise<number>;
};

const named = (name: string, runs: readonly CompactionStep['run'][]): CompactionStep[] =>
  runs.map((run) => ({ name, run }));

/**
 * What compaction does to one cluster, in this order: each step relies on those before it being done. A step does one
 * batch, whole or not at all, and answers how much it changed; 0 = nothing is left.
 */
export const COMPACTION_STEPS: readonly CompactionStep[] = [
  ...named('days', [rollUpDays]),
  ...named('months', [rollUpMonths]),
  ...named('ledger', [rollUpLedger]),
  ...named('traffic', FORGET_TRAFFIC),
  ...named('findings', FORGET_FINDINGS),
  ...named('facts', FORGET_FACTS),
];
