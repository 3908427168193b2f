import type { PolicyObject, Ref } from '../policy-object.ts';
import { type LintFinding, odd, refused } from './finding.ts';
import { isA, SERVER, SERVICE_ACCOUNT, unexpected } from './references.ts';

type Limit = { readonly requestsPerSecond?: number };
type Override = Limit & { readonly clientRefs?: readonly Ref[] };
type Spec = {
  readonly targetRef?: Ref;
  readonly total?: Limit | null;
  readonly identity?: Limit | null;
  readonly overrides?: readonly Override[] | null;
};

/** runtime/admission.rs, RateLimitPolicySpec. */
export function lintRateLimit({ spec }: PolicyObject): LintFinding[] {
  const { targetRef, total, identity, overrides } = (spec ?? {}) as Spec;
  const own = overrides ?? [];
  return [
    ...(targetRef && isA(targetRef, SERVER)
      ? []
      : [refused('spec.targetRef', targetRef ? unexpected(targetRef, [SERVER]) : 'it is required')]),
    ...lintLimit('spec.total', total, undefined),
    ...lintLimit('spec.identity', identity, total),
    ...own.flatMap((override, index) => lintOverride(override, total, `spec.overrides[${index}]`)),
    ...lintEffect(total, identity, own),
  ];
}

function lintLimit(field: string, limit: Limit | null | undefined, total: Limit | null | undefined): LintFinding[] {
  const rate = limit?.requestsPerSecond;
  if (rate === undefined) return [];
  const at = `${field}.requestsPerSecond`;
  if (rate <= 0) return [refused(at, `expected more than 0, got ${rate}`)];
  const most = total?.requestsPerSecond ?? Infinity;
  return rate > most ? [refused(at, `expected at most total.requestsPerSecond (${most}), got ${rate}`)] : [];
}

function lintOverride(override: Override, total: Limit | null | undefined, at: string): LintFinding[] {
  const foreign = (override.clientRefs ?? []).flatMap((ref, index) =>
    isA(ref, SERVICE_ACCOUNT) ? [] : [refused(`${at}.clientRefs[${index}]`, unexpected(ref, [SERVICE_ACCOUNT]))],
  );
  return [...lintLimit(at, override, total), ...foreign];
}

function lintEffect(
  total: Limit | null | undefined,
  identity: Limit | null | undefined,
  own: readonly Override[],
): LintFinding[] {
  if (total || identity) return [];
  if (own.length === 0) return [odd('spec', 'it names no limit at all and limits nobody')];
  return [odd('spec.overrides', 'without total and identity only the clients of the overrides are limited')];
}
