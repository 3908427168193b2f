import type { CheckResult, Evaluation } from '../../functions/evaluate-checks/evaluate-checks.ts';

/** What the report tells of a check: judged here, or by a deployment whose checks may be others than this version's. */
export type JudgedCheck = Omit<CheckResult, 'check' | 'reason'> & {
  readonly reason?: string | undefined;
  readonly check: { readonly id: string; readonly group: string; readonly title: string; readonly remedy: string };
};

export type Judged = Omit<Evaluation, 'results'> & { readonly results: readonly JudgedCheck[] };
