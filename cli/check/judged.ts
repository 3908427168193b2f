import type { CheckResult, Evaluation } from '../../functions/evaluate-checks/evaluate-checks.ts';
import type { Check } from '../../shared/checks/check.ts';

/** What the report tells of a check: judged here, or by a deployment whose checks may be others than this version's. */
export type JudgedCheck = Omit<CheckResult, 'check' | 'reason'> & {
  readonly reason?: string | undefined;
  readonly check: Pick<Check, 'id' | 'title' | 'remedy'> & { readonly group: string } & Partial<
      Pick<Check, 'rationale' | 'controls'>
    >;
};

export type Judged = Omit<Evaluation, 'results'> & { readonly results: readonly JudgedCheck[] };
