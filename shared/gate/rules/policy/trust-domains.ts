import { isSpiffe } from '../../../linkerd/policy/identity-pattern.ts';
import type { MeshSettings } from '../../../linkerd/policy/mesh-settings.ts';
import type { GateState } from '../../gate-state.ts';
import { type StateIndex, stateIndex } from '../../state-index.ts';

/** What follows `serviceaccount.identity` in the identities of this mesh: control plane namespace and trust domain (reference 2). */
export const ownTail = ({ controlPlaneNamespace, trustDomain }: MeshSettings): string =>
  `${controlPlaneNamespace}.${trustDomain}`;

const TAIL = /(?:^|\.)serviceaccount\.identity\.(.+)$/;

/** The same of any identity or pattern; undefined for those of another form. */
export const tailOf = (identity: string): string | undefined => TAIL.exec(identity)?.[1];

/** `root.linkerd.cluster.local` of `spiffe://root.linkerd.cluster.local/vm`. */
export const spiffeDomain = (identity: string): string => /^spiffe:\/\/([^/]*)/.exec(identity)?.[1] ?? '';

type LinkSpec = {
  readonly gatewayIdentity?: string;
  readonly targetClusterLinkerdNamespace?: string;
  readonly targetClusterDomain?: string;
};

/** Tails of the clusters this one is linked to: their gateways say it, and their domains as a rule (reference 5). */
export function linkedTails(index: StateIndex): ReadonlySet<string> {
  const links = index.of('Link.multicluster.linkerd.io').map(({ spec }) => (spec ?? {}) as LinkSpec);
  return new Set(
    links.flatMap(({ gatewayIdentity = '', targetClusterLinkerdNamespace, targetClusterDomain }) => [
      tailOf(gatewayIdentity) ?? '',
      `${targetClusterLinkerdNamespace}.${targetClusterDomain}`,
    ]),
  );
}

type ExternalSpec = {
  readonly meshTLS?: { readonly identity?: string };
  readonly meshTls?: { readonly identity?: string };
};

/** Identities of machines outside Kubernetes, which name their own (reference 2). */
export function externalIdentities(state: GateState): ReadonlySet<string> {
  const specs = stateIndex(state)
    .of('ExternalWorkload.workload.linkerd.io')
    .map(({ spec }) => (spec ?? {}) as ExternalSpec);
  return new Set(specs.flatMap(({ meshTLS, meshTls }) => (meshTLS ?? meshTls)?.identity ?? []));
}

/** Trust domains a SPIFFE id can have here: those of the ExternalWorkloads; where there are none, the mesh's. */
export function spiffeDomains(state: GateState): ReadonlySet<string> {
  const { settings } = state.policies;
  const told = [...externalIdentities(state)].filter(isSpiffe).map(spiffeDomain);
  return new Set(told.length > 0 ? told : [settings.trustDomain, `root.${ownTail(settings)}`]);
}
