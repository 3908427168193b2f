import { nearest } from '../../../domain/configuration/nearest.ts';
import type { LabelSelector } from '../../../kubernetes/label-selector.ts';
import { MODES } from '../default-policy.ts';
import { type PolicyObject, versionOf } from '../policy-object.ts';
import { type LintContext, type LintFinding, odd, refused } from './finding.ts';

type Spec = {
  readonly podSelector?: LabelSelector | null;
  readonly externalWorkloadSelector?: LabelSelector | null;
  readonly port?: unknown;
  readonly proxyProtocol?: string;
  readonly accessPolicy?: string;
};

const PROTOCOLS = ['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS'];

/** Reference 3.1, 3.3 and oracle 14. */
export function lintServer(object: PolicyObject, { otherServers }: LintContext): LintFinding[] {
  const { podSelector, externalWorkloadSelector, port, proxyProtocol, accessPolicy } = (object.spec ?? {}) as Spec;
  const old = versionOf(object.apiVersion) !== 'v1beta3';
  const dropped = `accessPolicy is dropped under ${versionOf(object.apiVersion)}: write policy.linkerd.io/v1beta3`;
  const rival = otherServers.find(({ name, claim }) => name !== object.metadata.name && claim === claimOf(object));
  const loses = `Server ${rival?.name} selects the same pods and port: the older of the two counts, the other is ignored`;
  return [
    ...lintSelectors(podSelector, externalWorkloadSelector),
    ...lintPort(port),
    ...oneOf('spec.proxyProtocol', proxyProtocol, PROTOCOLS),
    ...(old && accessPolicy !== undefined
      ? [odd('spec.accessPolicy', dropped)]
      : oneOf('spec.accessPolicy', accessPolicy, MODES)),
    ...(rival ? [odd('spec.port', loses)] : []),
  ];
}

/** What two Servers of a namespace must not share. */
export function claimOf({ spec }: PolicyObject): string {
  const { podSelector, externalWorkloadSelector, port } = (spec ?? {}) as Spec;
  return JSON.stringify([podSelector, externalWorkloadSelector, port]);
}

function lintSelectors(
  pods: LabelSelector | null | undefined,
  externals: LabelSelector | null | undefined,
): LintFinding[] {
  if (!pods === !externals) {
    const message = `expected one of podSelector and externalWorkloadSelector, got ${pods ? 'both' : 'neither'}`;
    return [refused('spec', message)];
  }
  const [at, selector] = pods ? ['spec.podSelector', pods] : ['spec.externalWorkloadSelector', externals];
  return (selector?.matchExpressions ?? []).flatMap(({ operator, values = [] }, index) => {
    const field = `${at}.matchExpressions[${index}]`;
    const unknown = oneOf(`${field}.operator`, operator, ['In', 'NotIn', 'Exists', 'DoesNotExist']);
    if (unknown.length > 0) return unknown;
    return operator === 'In' && values.length === 0
      ? [odd(`${field}.values`, 'In without values selects nothing')]
      : [];
  });
}

function lintPort(port: unknown): LintFinding[] {
  const field = 'spec.port';
  if (port === undefined || port === null)
    return [refused(field, 'it is required: a number or the name of a container port')];
  if (typeof port === 'number') {
    return Number.isInteger(port) && port > 0 && port < 65_536
      ? []
      : [refused(field, `expected 1 to 65535, got ${port}`)];
  }
  if (typeof port !== 'string') return [refused(field, `expected a number or a name, got ${JSON.stringify(port)}`)];
  if (port === '') return [odd(field, 'no port has an empty name: the Server claims nothing')];
  return /^\d+$/.test(port) ? [odd(field, `"${port}" in quotes is a name; write ${port} for the number`)] : [];
}

function oneOf(field: string, value: string | undefined, allowed: readonly string[]): LintFinding[] {
  if (value === undefined || allowed.includes(value)) return [];
  const near = nearest(value, allowed);
  return [refused(field, `expected ${allowed.join(', ')}, got ${value}${near ? `; did you mean ${near}?` : ''}`)];
}
