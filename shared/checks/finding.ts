import type { FlappingRule } from '../domain/findings/flapping.ts';
import type { Exception, Span } from '../domain/findings/life.ts';
import type { NodeRef } from '../domain/observation.ts';
import { sha256 } from '../domain/sha256.ts';
import type { Check, Severity, Violation } from './check.ts';

/** One violation with the fingerprint that makes it the same one at every evaluation. */
export type Finding = {
  readonly key: string;
  readonly fingerprint: string;
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly about: readonly NodeRef[];
  readonly row: Readonly<Record<string, unknown>>;
};

/** How an evaluation looked at one check. */
export type Look = {
  readonly check: string;
  /** `whole`: what it did not find is not there. `part`: it may be there all the same. `none`: it could not be judged. */
  readonly judged: 'whole' | 'part' | 'none';
  /** From when to when it looked at traffic, epoch ms; absent where the check needs none. */
  readonly traffic?: Span | undefined;
  /** As `learning=7d`, in order. */
  readonly parameters: readonly string[];
};

/** How what happens to findings is told: docs/findings.md. `learning` in ms. */
export type Telling = { readonly flapping: FlappingRule; readonly learning: number };

/** One evaluation as the graph keeps it. `accepted` are findings that an exception of the configuration accepts. */
export type FindingsRecord = {
  readonly cluster: string;
  readonly at: number;
  readonly looks: readonly Look[];
  readonly open: readonly Finding[];
  readonly accepted: readonly ({ readonly finding: Finding } & Exception)[];
  readonly telling: Telling;
};

/** 128 bits of SHA-256 over the check's id and what identifies the violation: never its counts, times or wording. */
export async function fingerprint(check: string, fields: readonly (string | number)[]): Promise<string> {
  return (await sha256(JSON.stringify([check, ...fields]))).slice(0, 32);
}

/** The violation as a finding of the cluster; `severity` where the configuration sets another than the check's own. */
export async function toFinding(
  cluster: string,
  check: Check,
  severity: Severity,
  violation: Violation,
): Promise<Finding> {
  const { message, about, row } = violation;
  const print = await fingerprint(check.id, violation.fingerprint);
  return { key: `${cluster}/Finding/${print}`, fingerprint: print, check: check.id, severity, message, about, row };
}
