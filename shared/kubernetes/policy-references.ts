import { namespaceKey } from '../domain/keys.ts';
import type { NodeRef, Relation } from '../domain/observation.ts';
import type { Family, PolicyKind } from './families.ts';
import { identityRef } from './identities.ts';
import { type LabelSelector, labelsOf, selects } from './label-selector.ts';
import { type PolicyRow, policyKey, policyLabel } from './policy-row.ts';
import { serviceAccountKey } from './service-account-row.ts';
import type { Snapshot } from './snapshot.ts';

type Ref = { readonly group?: string; readonly kind: string; readonly name: string; readonly namespace?: string };

/** A reference of Linkerd policy to an object, as the graph knows it; `undefined` for kinds that are not in the graph. */
function resolve(cluster: string, ref: Ref, inNamespace: string): NodeRef | undefined {
  const namespace = ref.namespace ?? inNamespace;
  if (ref.kind === 'ServiceAccount') {
    return { label: 'ServiceAccount', key: serviceAccountKey(cluster, namespace, ref.name) };
  }
  if (ref.kind === 'Namespace') return { label: 'Namespace', key: namespaceKey(cluster, ref.name) };
  const id = POLICY_REFERENCES[`${ref.kind}.${ref.group}`];
  return id && { label: policyLabel(id), key: policyKey(cluster, id, namespace, ref.name) };
}

const POLICY_REFERENCES: Readonly<Record<string, PolicyKind>> = {
  'Server.policy.linkerd.io': 'servers.policy.linkerd.io',
  'HTTPRoute.policy.linkerd.io': 'httproutes.policy.linkerd.io',
  'HTTPRoute.gateway.networking.k8s.io': 'httproutes.gateway.networking.k8s.io',
  'GRPCRoute.gateway.networking.k8s.io': 'grpcroutes.gateway.networking.k8s.io',
  'MeshTLSAuthentication.policy.linkerd.io': 'meshtlsauthentications.policy.linkerd.io',
  'NetworkAuthentication.policy.linkerd.io': 'networkauthentications.policy.linkerd.io',
};

/** TARGETS, REQUIRES and ADMITS. References to what does not exist stay readable in `spec` only. */
export function policyRelations(cluster: string, snapshot: Snapshot): Relation[] {
  return [
    ...snapshot['authorizationpolicies.policy.linkerd.io'].flatMap((row) => authorizationPolicy(cluster, row)),
    ...snapshot['httplocalratelimitpolicies.policy.linkerd.io'].flatMap((row) => rateLimit(cluster, row)),
    ...snapshot['meshtlsauthentications.policy.linkerd.io'].flatMap((row) => meshTlsAuthentication(cluster, row)),
    ...snapshot['serverauthorizations.policy.linkerd.io'].flatMap((row) =>
      serverAuthorization(cluster, row, snapshot['servers.policy.linkerd.io']),
    ),
  ];
}

/** Targets are local: a Namespace target means the policy's own (policy-controller/k8s/index, authorization_policy.rs). */
function authorizationPolicy(cluster: string, row: PolicyRow): Relation[] {
  type Spec = { readonly targetRef?: Ref; readonly requiredAuthenticationRefs?: readonly Ref[] };
  const { targetRef, requiredAuthenticationRefs = [] } = (row.spec ?? {}) as Spec;
  const local = targetRef && { ...targetRef, namespace: row.namespace };
  const target = local?.kind === 'Namespace' ? { ...local, name: row.namespace } : local;
  return [
    ...relate(row, 'TARGETS', 'authorizationpolicies/targets', target ? [resolve(cluster, target, row.namespace)] : []),
    ...relate(
      row,
      'REQUIRES',
      'authorizationpolicies/requirements',
      requiredAuthenticationRefs.map((ref) => resolve(cluster, ref, row.namespace)),
    ),
  ];
}

function rateLimit(cluster: string, row: PolicyRow): Relation[] {
  const { targetRef } = (row.spec ?? {}) as { readonly targetRef?: Ref };
  const target = targetRef && resolve(cluster, { ...targetRef, namespace: row.namespace }, row.namespace);
  return relate(row, 'TARGETS', 'ratelimits/targets', [target]);
}

/** Patterns (`*`, `*.suffix`) name no one identity: they stay in `spec`. */
function meshTlsAuthentication(cluster: string, row: PolicyRow): Relation[] {
  type Spec = { readonly identities?: readonly string[]; readonly identityRefs?: readonly Ref[] };
  const { identities = [], identityRefs = [] } = (row.spec ?? {}) as Spec;
  return relate(row, 'ADMITS', 'authentications/admissions', [
    ...identities.map((identity) => identityRef(cluster, identity)),
    ...identityRefs.map((ref) => resolve(cluster, ref, row.namespace)),
  ]);
}

function serverAuthorization(cluster: string, row: PolicyRow, servers: readonly PolicyRow[]): Relation[] {
  type Accounts = readonly { readonly name: string; readonly namespace?: string }[];
  type Spec = {
    readonly server?: { readonly name?: string; readonly selector?: LabelSelector };
    readonly client?: { readonly meshTLS?: { readonly identities?: string[]; readonly serviceAccounts?: Accounts } };
  };
  const { server, client } = (row.spec ?? {}) as Spec;
  const { identities = [], serviceAccounts = [] } = client?.meshTLS ?? {};
  const targets = servers.filter(
    ({ namespace, name, labels }) =>
      namespace === row.namespace &&
      (server?.name === name || (server?.selector !== undefined && selects(server.selector, labelsOf(labels)))),
  );
  return [
    ...relate(
      row,
      'TARGETS',
      'serverauthorizations/targets',
      targets.map(({ entity }) => entity),
    ),
    ...relate(row, 'ADMITS', 'serverauthorizations/admissions', [
      ...identities.map((identity) => identityRef(cluster, identity)),
      ...serviceAccounts.map((account) => resolve(cluster, { ...account, kind: 'ServiceAccount' }, row.namespace)),
    ]),
  ];
}

function relate(row: PolicyRow, type: string, family: Family, ends: readonly (NodeRef | undefined)[]): Relation[] {
  const from = { label: row.entity.label, key: row.entity.key };
  return ends.flatMap((end) =>
    end ? [{ type, from, to: { label: end.label, key: end.key }, family, props: {} }] : [],
  );
}
