import { nearest } from '../../../domain/configuration/nearest.ts';
import { type Ref, refersTo } from '../policy-object.ts';

type Kind = { readonly group: string; readonly kind: string };

export const SERVER: Kind = { group: 'policy.linkerd.io', kind: 'Server' };
export const SERVICE_ACCOUNT: Kind = { group: '', kind: 'ServiceAccount' };
export const NAMESPACE: Kind = { group: '', kind: 'Namespace' };
export const MESH_TLS: Kind = { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication' };
export const NETWORK: Kind = { group: 'policy.linkerd.io', kind: 'NetworkAuthentication' };

export const isA = (ref: Ref, { group, kind }: Kind): boolean => refersTo(ref, group, kind);

/** `Server.policy.linkerd.io`, `Namespace`. */
export const inWords = ({ group, kind }: { readonly group?: string; readonly kind?: string }): string =>
  group ? `${kind}.${group}` : `${kind}`;

/** What was expected, what came, and what was likely meant. */
export function unexpected(ref: Ref, allowed: readonly Kind[]): string {
  const expected = allowed.map(inWords);
  const sameKind = allowed.find(({ kind }) => kind === ref.kind);
  const meant = sameKind ? inWords(sameKind) : nearest(inWords(ref), expected);
  return `expected ${expected.join(', ')}, got ${inWords(ref)}${meant ? `; did you mean ${meant}?` : ''}`;
}
