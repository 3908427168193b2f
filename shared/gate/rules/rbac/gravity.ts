import { SEVERITIES, type Severity } from '../../../checks/check.ts';

/** Powers that are all others, or lead to them. */
const WHOLE = new Set(['wildcard', 'escalates']);

/** In the whole cluster graver than in one namespace; what leads to all other powers graver than what does not. */
export function gravityOf(powers: readonly string[], namespace: string | undefined): Severity {
  const severity = powers.some((power) => WHOLE.has(power)) ? 'critical' : 'high';
  return namespace === undefined ? severity : stepped(severity, 1);
}

/** Steps down the list of severities; negative ones go up. */
export const stepped = (severity: Severity, steps: number): Severity =>
  SEVERITIES[Math.min(Math.max(SEVERITIES.indexOf(severity) + steps, 0), SEVERITIES.length - 1)] ?? severity;

/** In words: `reads secrets`. */
export const powersInWords = (powers: readonly string[]): string =>
  powers.map((power) => WORDS[power] ?? power).join(', ');

const WORDS: Readonly<Record<string, string>> = {
  readsSecrets: 'read secrets',
  writesSecrets: 'write secrets',
  execs: 'run commands in pods',
  escalates: 'give itself any role',
  impersonates: 'act as others',
  createsTokens: 'make tokens of ServiceAccounts',
  createsPods: 'make pods',
  editsPolicy: 'change Linkerd policy',
  wildcard: 'do everything',
};

/** `in the whole cluster`, `in namespace shop`. */
export const scopeInWords = (namespace: string | undefined): string =>
  namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`;

/** Kubernetes and EKS bind roles of their own; people do not name theirs so. */
export const isSystemBinding = (binding: string): boolean => /\/(system|eks):/.test(binding);
