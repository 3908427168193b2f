import { namespacedKey } from '../domain/keys.ts';
import type { Entity } from '../domain/observation.ts';
import type { PolicyKind } from './families.ts';
import { pickAnnotations } from './kept-annotations.ts';
import { createdAt, type KubernetesObject, known, pairs } from './kubernetes-object.ts';
import type { Intake } from './snapshot.ts';

/** What the graph calls each kind, and the properties of its own a label has. */
const SHAPES: Readonly<Record<PolicyKind, { kind: string; label: string; fields?: readonly string[] }>> = {
  'servers.policy.linkerd.io': { kind: 'Server', label: 'Server', fields: ['port', 'proxyProtocol', 'accessPolicy'] },
  'serverauthorizations.policy.linkerd.io': { kind: 'ServerAuthorization', label: 'ServerAuthorization' },
  'authorizationpolicies.policy.linkerd.io': { kind: 'AuthorizationPolicy', label: 'AuthorizationPolicy' },
  'meshtlsauthentications.policy.linkerd.io': { kind: 'MeshTLSAuthentication', label: 'Authentication' },
  'networkauthentications.policy.linkerd.io': { kind: 'NetworkAuthentication', label: 'Authentication' },
  'httproutes.policy.linkerd.io': { kind: 'HTTPRoute', label: 'Route' },
  'httproutes.gateway.networking.k8s.io': { kind: 'HTTPRoute', label: 'Route' },
  'grpcroutes.gateway.networking.k8s.io': { kind: 'GRPCRoute', label: 'Route' },
  'tlsroutes.gateway.networking.k8s.io': { kind: 'TLSRoute', label: 'Route' },
  'tcproutes.gateway.networking.k8s.io': { kind: 'TCPRoute', label: 'Route' },
  'egressnetworks.policy.linkerd.io': { kind: 'EgressNetwork', label: 'EgressNetwork', fields: ['trafficPolicy'] },
  'httplocalratelimitpolicies.policy.linkerd.io': { kind: 'HTTPLocalRateLimitPolicy', label: 'RateLimit' },
  'serviceprofiles.linkerd.io': { kind: 'ServiceProfile', label: 'ServiceProfile' },
  'externalworkloads.workload.linkerd.io': { kind: 'ExternalWorkload', label: 'ExternalWorkload' },
  'links.multicluster.linkerd.io': { kind: 'Link', label: 'Link' },
};

export type PolicyRow = {
  readonly entity: Entity;
  readonly namespace: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly spec: unknown;
};

/** The intake of one policy-like kind: the object with its whole spec, at the version it was read. */
export function takePolicy(id: PolicyKind): (object: KubernetesObject, intake: Intake) => PolicyRow {
  const { kind, label, fields = [] } = SHAPES[id];
  return ({ metadata, spec, status }, intake) => {
    const { name, namespace = '' } = metadata;
    const own = Object.fromEntries(fields.map((field) => [field, scalar((spec as Record<string, unknown>)?.[field])]));
    const props = known({
      name,
      namespace,
      apiVersion: intake.apiVersionOf(id),
      kind,
      labels: pairs(metadata.labels),
      annotations: pairs(pickAnnotations(metadata.annotations, intake.keepAnnotation)),
      spec: canonicalJson(spec ?? {}),
      status: status === undefined ? undefined : canonicalJson(status),
      createdAt: createdAt(metadata),
      ...own,
    });
    const key = policyKey(intake.cluster, id, namespace, name);
    return { entity: { label, key, family: id, props }, namespace, name, labels: pairs(metadata.labels), spec };
  };
}

/**
 * HTTPRoutes of the two groups are different objects, so the kind of routes carries the group in keys, as it does in what
 * the proxies tell of arrivals.
 */
export function policyKey(cluster: string, id: PolicyKind, namespace: string, name: string): string {
  const { kind, label } = SHAPES[id];
  return namespacedKey(cluster, namespace, label === 'Route' ? id.replace(/^[^.]+/, kind) : kind, name);
}

export const policyLabel = (id: PolicyKind): string => SHAPES[id].label;

/** Labels by the kind that keys carry, a route's without its group. */
export const POLICY_LABELS: ReadonlyMap<string, string> = new Map(
  Object.values(SHAPES).map(({ kind, label }) => [kind, label]),
);

/** Ports are numbers or names; the graph keeps one type a property. */
function scalar(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const TICKING: ReadonlySet<string> = new Set(['lastTransitionTime', 'lastProbeTime', 'observedGeneration']);

/** Conditions carry times that say nothing about what holds; keys are sorted so that equal objects give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (key, inner) => {
    if (TICKING.has(key)) return undefined;
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
