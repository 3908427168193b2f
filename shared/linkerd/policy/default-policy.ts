import type { Authorization } from './authorization.ts';
import type { MeshSettings } from './mesh-settings.ts';
import { EVERYWHERE, networksOf } from './network.ts';

export const MODES = [
  'all-unauthenticated',
  'all-authenticated',
  'cluster-unauthenticated',
  'cluster-authenticated',
  'deny',
  'audit',
] as const;

/** A default inbound policy, or a Server's accessPolicy (reference 3.1). */
export type Mode = (typeof MODES)[number];

/** A value Linkerd cannot parse counts as none (reference 3.1, test default_policy_annotated_invalid). */
export const parseMode = (text: string | undefined): Mode | undefined => MODES.find((mode) => mode === text);

/** What `proxy-require-identity-inbound-ports` makes of a mode: it only tightens those that allow (reference 3.5). */
export function requiringIdentity(mode: Mode): Mode {
  if (mode === 'all-unauthenticated') return 'all-authenticated';
  return mode === 'cluster-unauthenticated' ? 'cluster-authenticated' : mode;
}

/** The authorizations of a mode: none for deny, everyone for audit (reference 3.5). */
export function defaultAuthorizations(mode: Mode, settings: MeshSettings): Authorization[] {
  if (mode === 'deny') return [];
  const networks = mode.startsWith('cluster-') ? networksOf(settings.clusterNetworks) : EVERYWHERE;
  const authenticated = mode.endsWith('-authenticated');
  const ref = { kind: 'default', namespace: '', name: mode } as const;
  return [
    { ref, networks, authentication: authenticated ? { kind: 'identities', patterns: ['*'] } : { kind: 'anyone' } },
  ];
}

/** Kubelets' probes: from anywhere in the probe networks, without a certificate (reference 3.4). */
export function probeAuthorization(settings: MeshSettings): Authorization {
  const ref = { kind: 'default', namespace: '', name: 'probe' } as const;
  return { ref, networks: networksOf(settings.probeNetworks), authentication: { kind: 'anyone' } };
}
