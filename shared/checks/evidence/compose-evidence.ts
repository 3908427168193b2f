import type { Severity } from '../check.ts';
import { CONTROLS, type Control, type ControlId } from '../controls.ts';

/** What an evaluation says of one check, wherever it was judged. */
type JudgedCheck = {
  readonly check: {
    readonly id: string;
    readonly title: string;
    readonly rationale?: string | undefined;
    readonly controls?: readonly ControlId[] | undefined;
  };
  readonly severity: Severity;
  readonly status: 'clean' | 'violated' | 'unknown';
  readonly reason?: string | undefined;
  readonly findings: readonly { readonly message: string }[];
  readonly accepted: readonly {
    readonly finding: { readonly message: string };
    readonly reason: string;
    readonly until?: number;
  }[];
  readonly population?: { readonly count: number; readonly noun: string };
};

/** `open`: something was found. `accepted`: all that was found is. `unknown`: it could not be judged, or only so far. */
export type EvidenceResult = 'clean' | 'accepted' | 'open' | 'unknown';

export type CheckEvidence = Omit<JudgedCheck, 'status'> & { readonly result: EvidenceResult };

export type ControlEvidence = Control & {
  readonly id: ControlId;
  readonly result: EvidenceResult;
  /** Ids of the checks. */
  readonly checks: readonly string[];
};

export type Evidence = {
  readonly controls: readonly ControlEvidence[];
  /** Every check that was judged, each once. */
  readonly checks: readonly CheckEvidence[];
};

/** What evaluated checks show of the controls they are evidence for: a control is as good as the worst of its checks. */
export function composeEvidence(results: readonly JudgedCheck[]): Evidence {
  const checks = results.map(({ status, ...judged }) => ({ ...judged, result: resultOf({ status, ...judged }) }));
  const ids = Object.keys(CONTROLS) as ControlId[];
  const controls = ids.flatMap((id): ControlEvidence[] => {
    const own = checks.filter(({ check }) => check.controls?.includes(id));
    if (own.length === 0) return [];
    const result = WORST_FIRST.find((one) => own.some((judged) => judged.result === one)) ?? 'unknown';
    return [{ id, ...CONTROLS[id], result, checks: own.map(({ check }) => check.id) }];
  });
  return { controls, checks };
}

const WORST_FIRST: readonly EvidenceResult[] = ['open', 'unknown', 'accepted', 'clean'];

function resultOf({ status, findings, accepted, reason }: JudgedCheck): EvidenceResult {
  if (findings.length > 0) return 'open';
  if (status === 'unknown' || reason !== undefined) return 'unknown';
  return accepted.length > 0 ? 'accepted' : 'clean';
}
