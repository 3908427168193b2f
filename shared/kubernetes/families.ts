import { ENTITY_MODEL_FAMILY } from '../domain/entity-model.ts';
import type { KindCoverage } from '../domain/observation.ts';
import type { KindId, ResourceId } from './resources.ts';

/** Kinds that can stand between a pod and its top owner, the pods themselves and the namespaces they inherit from. */
const WORKLOADS = [
  'namespaces',
  'pods',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'replicasets.apps',
  'replicationcontrollers',
  'cronjobs.batch',
  'jobs.batch',
] as const satisfies readonly ResourceId[];

const IDENTITIES = ['serviceaccounts', 'externalworkloads.workload.linkerd.io', 'configmaps/linkerd-config'] as const;

export const ROUTE_KINDS = [
  'httproutes.policy.linkerd.io',
  'httproutes.gateway.networking.k8s.io',
  'grpcroutes.gateway.networking.k8s.io',
  'tlsroutes.gateway.networking.k8s.io',
  'tcproutes.gateway.networking.k8s.io',
] as const satisfies readonly ResourceId[];

/** Kinds without which no call can be judged: what selects, admits, identifies and routes. */
export const DECIDING_KINDS = [
  ...ROUTE_KINDS,
  'servers.policy.linkerd.io',
  'serverauthorizations.policy.linkerd.io',
  'authorizationpolicies.policy.linkerd.io',
  'meshtlsauthentications.policy.linkerd.io',
  'networkauthentications.policy.linkerd.io',
  'egressnetworks.policy.linkerd.io',
] as const satisfies readonly ResourceId[];

/** Kinds whose objects become one node each, with their whole spec. */
export const POLICY_KINDS = [
  ...DECIDING_KINDS,
  'httplocalratelimitpolicies.policy.linkerd.io',
  'serviceprofiles.linkerd.io',
  'externalworkloads.workload.linkerd.io',
  'links.multicluster.linkerd.io',
] as const satisfies readonly ResourceId[];
export type PolicyKind = (typeof POLICY_KINDS)[number];

const ownKind = Object.fromEntries(POLICY_KINDS.map((kind) => [kind, [kind]])) as Record<PolicyKind, KindId[]>;

const ROUTE_ENDS = ['servers.policy.linkerd.io', 'services', 'egressnetworks.policy.linkerd.io'] as const;
const routesOf = Object.fromEntries(ROUTE_KINDS.map((kind) => [`routes/${kind}`, [kind, ...ROUTE_ENDS]])) as Record<
  `routes/${(typeof ROUTE_KINDS)[number]}`,
  KindId[]
>;

/**
 * Fact family -> every kind it takes to know the family's facts and both ends of its relationships.
 * A family is covered, and may close what it no longer holds, only when all of them were read whole; an uncovered
 * family says nothing at all, so a forbidden or failed kind can neither invent facts nor end them.
 */
export const FAMILIES = {
  cluster: ['namespaces', 'configmaps/linkerd-config', 'configmaps/linkerd-identity-trust-roots'],
  namespaces: ['namespaces'],
  pods: ['pods', 'namespaces'],
  workloads: WORKLOADS,
  'workloads/accounts': [...WORKLOADS, 'serviceaccounts'],
  services: ['services'],
  'services/namespaces': ['services', 'namespaces'],
  'services/selection': [...WORKLOADS, 'services', 'externalworkloads.workload.linkerd.io'],
  'services/links': ['services', 'links.multicluster.linkerd.io'],
  'services/profiles': ['services', 'serviceprofiles.linkerd.io'],
  serviceaccounts: ['serviceaccounts'],
  'serviceaccounts/namespaces': ['serviceaccounts', 'namespaces'],
  identities: ['namespaces', ...IDENTITIES],
  roles: ['roles.rbac.authorization.k8s.io'],
  clusterroles: ['clusterroles.rbac.authorization.k8s.io'],
  bindings: [
    'roles.rbac.authorization.k8s.io',
    'clusterroles.rbac.authorization.k8s.io',
    'rolebindings.rbac.authorization.k8s.io',
    'clusterrolebindings.rbac.authorization.k8s.io',
    'serviceaccounts',
  ],
  'servers/selection': [...WORKLOADS, 'servers.policy.linkerd.io', 'externalworkloads.workload.linkerd.io'],
  'authorizationpolicies/targets': [
    'authorizationpolicies.policy.linkerd.io',
    'servers.policy.linkerd.io',
    'namespaces',
    'httproutes.policy.linkerd.io',
    'httproutes.gateway.networking.k8s.io',
    'grpcroutes.gateway.networking.k8s.io',
  ],
  'authorizationpolicies/requirements': [
    'authorizationpolicies.policy.linkerd.io',
    'meshtlsauthentications.policy.linkerd.io',
    'networkauthentications.policy.linkerd.io',
    'serviceaccounts',
  ],
  'serverauthorizations/targets': ['serverauthorizations.policy.linkerd.io', 'servers.policy.linkerd.io'],
  'serverauthorizations/admissions': ['serverauthorizations.policy.linkerd.io', 'namespaces', ...IDENTITIES],
  'authentications/admissions': ['meshtlsauthentications.policy.linkerd.io', 'namespaces', ...IDENTITIES],
  'ratelimits/targets': ['httplocalratelimitpolicies.policy.linkerd.io', 'servers.policy.linkerd.io'],
  [ENTITY_MODEL_FAMILY]: WORKLOADS,
  ...ownKind,
  ...routesOf,
} as const satisfies Record<string, readonly KindId[]>;

export type Family = keyof typeof FAMILIES;

/** The families all of whose kinds were read whole. A kind the server does not serve is whole: there is none of it. */
export function coveredFamilies(kinds: Readonly<Record<string, KindCoverage>>): Family[] {
  const whole = (kind: KindId) => ['complete', 'absent'].includes(kinds[kind]?.status ?? 'failed');
  return (Object.keys(FAMILIES) as Family[]).filter((family) => FAMILIES[family].every(whole)).sort();
}
