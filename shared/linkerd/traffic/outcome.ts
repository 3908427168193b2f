import type { Row } from './series.ts';

/** gRPC status names by code (grpc/grpc doc/statuscodes.md); Linkerd's response_total has the number. */
const GRPC_CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

export const isGrpc = (labels: Row['labels']): boolean => (labels.grpc_status ?? '') !== '';

/** The answer of a `response_total` row in one word: a gRPC code name, an HTTP status, or the proxy's error. */
export function outcomeOf(labels: Row['labels']): string {
  if (isGrpc(labels)) return GRPC_CODES[Number(labels.grpc_status)] ?? `GRPC_${labels.grpc_status}`;
  return labels.status_code ?? labels.error ?? 'UNKNOWN_ERROR';
}

/** The tally of a set of answers. */
export type Outcomes = { requests: number; failures: number; outcomes: Record<string, number> };

export const noOutcomes = (): Outcomes => ({ requests: 0, failures: 0, outcomes: {} });

export function addOutcome(tally: Outcomes, outcome: string, count: number, failed: boolean): void {
  if (count === 0) return;
  tally.requests += count;
  if (failed) tally.failures += count;
  tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + count;
}
