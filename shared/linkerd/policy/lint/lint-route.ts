import { groupOf, type PolicyObject, versionOf } from '../policy-object.ts';
import type { ParentRef } from '../route.ts';
import { type LintFinding, odd, refused } from './finding.ts';
import { lintHttpRule, type Rule } from './lint-http-rule.ts';
import { isA, SERVER } from './references.ts';

type Spec = {
  readonly parentRefs?: readonly ParentRef[] | null;
  readonly hostnames?: readonly string[] | null;
  readonly rules?: readonly Rule[] | null;
};

const EGRESS_NETWORK = { group: 'policy.linkerd.io', kind: 'EgressNetwork' };
const SERVICE = { group: '', kind: 'Service' };

/** HTTPRoutes of both groups, GRPCRoutes, TLSRoutes and TCPRoutes (runtime/admission.rs; oracle 7, 10, 14). */
export function lintRoute(object: PolicyObject): LintFinding[] {
  const { parentRefs, hostnames, rules } = (object.spec ?? {}) as Spec;
  const parents = parentRefs ?? [];
  const inbound = parents.some((parent) => isA(parent, SERVER));
  const single = /^(TLS|TCP)Route$/.test(object.kind) && rules?.length !== 1;
  return [
    ...lintVersion(object),
    ...(parents.length === 0 ? [odd('spec.parentRefs', 'a route without a parent does nothing')] : []),
    ...parents.flatMap(lintParent),
    ...lintMixture(parents),
    ...(hostnames ?? []).flatMap(lintHostname),
    ...(single ? [refused('spec.rules', `a ${object.kind} has exactly one rule, got ${rules?.length ?? 0}`)] : []),
    ...(rules ?? []).flatMap((rule, index) => lintHttpRule(object, rule, `spec.rules[${index}]`, inbound)),
  ];
}

function lintVersion({ apiVersion, kind }: PolicyObject): LintFinding[] {
  const old = groupOf(apiVersion) === 'policy.linkerd.io' && versionOf(apiVersion) !== 'v1beta3';
  return old
    ? [odd('apiVersion', `${apiVersion} ${kind} is served for old clients only: write policy.linkerd.io/v1beta3`)]
    : [];
}

function lintParent(parent: ParentRef, index: number): LintFinding[] {
  const field = `spec.parentRefs[${index}]`;
  if (isA(parent, EGRESS_NETWORK) && parent.port === undefined) {
    return [refused(`${field}.port`, 'an EgressNetwork is a parent by port only')];
  }
  if (!isA(parent, SERVER)) return [];
  const voids = 'makes Linkerd ignore the whole route, though its status says Accepted';
  return [
    ...(parent.port === undefined ? [] : [odd(`${field}.port`, `a port on a Server ${voids}`)]),
    ...(parent.sectionName === undefined ? [] : [odd(`${field}.sectionName`, `a sectionName on a Server ${voids}`)]),
  ];
}

function lintMixture(parents: readonly ParentRef[]): LintFinding[] {
  const isService = (parent: ParentRef) => isA(parent, SERVICE);
  const mixed = parents.some(isService) && parents.some((parent) => isA(parent, SERVER));
  const message =
    'one route for a Server and a Service: what is meant for callers counts for the called and the other way round';
  return mixed ? [odd('spec.parentRefs', message)] : [];
}

const lintHostname = (hostname: string, index: number): LintFinding[] =>
  /^[\d.]+$|:/.test(hostname)
    ? [
        odd(
          `spec.hostnames[${index}]`,
          `${hostname} is an address; hostnames are compared with names, so expect no match`,
        ),
      ]
    : [];
