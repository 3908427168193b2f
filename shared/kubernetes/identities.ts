import { identityKey } from '../domain/keys.ts';
import type { Entity, NodeRef, Relation } from '../domain/observation.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Snapshot } from './snapshot.ts';

const family = 'identities';

/**
 * The identity Linkerd gives each ServiceAccount,
 * `<account>.<namespace>.serviceaccount.identity.<control plane namespace>.<trust domain>`
 * (charts/partials/templates/_proxy.tpl), and the one an ExternalWorkload names itself (a SPIFFE URI as a rule).
 */
export function identityFacts(
  cluster: string,
  snapshot: Snapshot,
  controlPlane: ControlPlane,
): { entities: Entity[]; relations: Relation[] } {
  const { namespace, config } = controlPlane;
  const accounts = config
    ? snapshot.serviceaccounts.map((account) => ({
        holder: account.entity,
        identity: `${account.name}.${account.namespace}.serviceaccount.identity.${namespace}.${config.trustDomain}`,
      }))
    : [];
  const externals = snapshot['externalworkloads.workload.linkerd.io'].flatMap(({ entity, spec }) => {
    const identity = externalIdentity(spec);
    return identity ? [{ holder: entity, identity }] : [];
  });
  const held = [...accounts, ...externals];
  const entities = new Map(held.map(({ identity }) => [identity, identityEntity(cluster, identity)]));
  return {
    entities: [...entities.values()],
    relations: held.map(({ holder: { label, key }, identity }) => ({
      type: 'HAS_IDENTITY',
      from: { label, key },
      to: identityRef(cluster, identity),
      family,
      props: {},
    })),
  };
}

export const identityRef = (cluster: string, identity: string): NodeRef => ({
  label: 'Identity',
  key: identityKey(cluster, identity),
});

function identityEntity(cluster: string, identity: string): Entity {
  const form = identity.startsWith('spiffe://') ? 'spiffe' : 'dns';
  return { ...identityRef(cluster, identity), family, props: { name: identity, form } };
}

/** v1alpha1 spells it meshTls. */
function externalIdentity(spec: unknown): string | undefined {
  type MeshTls = { readonly identity?: string };
  const { meshTLS, meshTls } = (spec ?? {}) as { readonly meshTLS?: MeshTls; readonly meshTls?: MeshTls };
  return (meshTLS ?? meshTls)?.identity;
}
