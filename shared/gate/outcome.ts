import { SEVERITIES, type Severity } from '../checks/check.ts';
import type { GateFinding, GateReport } from './report.ts';

export type Strictness = {
  readonly failOn: Severity;
  /** Whether what was so before the change fails too. */
  readonly all: boolean;
};

export type GateOutcome = {
  /** 1 something fails, else 2 it cannot be judged, else 0. */
  readonly exitCode: 0 | 1 | 2;
  /** Gravest first. */
  readonly failing: readonly GateFinding[];
  /** What was found and does not fail, gravest first. */
  readonly passing: readonly GateFinding[];
};

/** What a report means: an exception that is over fails whatever its severity, for somebody said when it must be gone. */
export function outcomeOf(report: GateReport, { failOn, all }: Strictness): GateOutcome {
  const { findings, existing, expired, unjudged } = report;
  const overdue = new Set(expired.map(({ finding }) => finding.fingerprint));
  const counted = all ? [...findings, ...existing] : findings;
  const fails = ({ severity, fingerprint }: GateFinding): boolean =>
    gravity(severity) <= gravity(failOn) || overdue.has(fingerprint);
  const failing = byGravity(counted.filter(fails));
  const passing = byGravity(counted.filter((finding) => !fails(finding)));
  return { exitCode: failing.length > 0 ? 1 : unjudged.length > 0 ? 2 : 0, failing, passing };
}

const gravity = (severity: Severity): number => SEVERITIES.indexOf(severity);

const byGravity = (findings: readonly GateFinding[]): GateFinding[] =>
  findings.toSorted((a, b) => gravity(a.severity) - gravity(b.severity));
