import { parseCidr } from '../address.ts';
import { invalidIdentity, isSpiffe } from '../identity-pattern.ts';
import type { PolicyObject, Ref } from '../policy-object.ts';
import { type LintFinding, odd, refused } from './finding.ts';
import { lintNetworks } from './lint-networks.ts';
import { isA, NAMESPACE, SERVICE_ACCOUNT, unexpected } from './references.ts';

type MeshTls = { readonly identities?: readonly string[] | null; readonly identityRefs?: readonly Ref[] | null };

/** One of identities and identityRefs, not empty (oracle 14; reference 3.7). */
export function lintMeshTlsAuthentication({ spec }: PolicyObject): LintFinding[] {
  const { identities, identityRefs } = (spec ?? {}) as MeshTls;
  if (!identities === !identityRefs) {
    return [refused('spec', `expected one of identities and identityRefs, got ${identities ? 'both' : 'neither'}`)];
  }
  if (identities?.length === 0) return [refused('spec.identities', 'expected at least one identity')];
  if (identityRefs?.length === 0) return [refused('spec.identityRefs', 'expected at least one reference')];
  return [...(identities ?? []).flatMap(lintIdentity), ...(identityRefs ?? []).flatMap(lintIdentityRef)];
}

function lintIdentity(identity: string, index: number): LintFinding[] {
  const field = `spec.identities[${index}]`;
  const why = invalidIdentity(identity);
  if (why) return [refused(field, `${why}, got ${JSON.stringify(identity)}`)];
  const exact = 'a SPIFFE id is matched exactly, and only ExternalWorkloads have one: pods have DNS identities';
  return isSpiffe(identity) ? [odd(field, exact)] : [];
}

function lintIdentityRef(ref: Ref, index: number): LintFinding[] {
  const field = `spec.identityRefs[${index}]`;
  if (isA(ref, NAMESPACE)) {
    return ref.namespace ? [refused(`${field}.namespace`, 'expected no namespace: a Namespace is in none')] : [];
  }
  if (!isA(ref, SERVICE_ACCOUNT)) return [refused(field, unexpected(ref, [SERVICE_ACCOUNT, NAMESPACE]))];
  return ref.name === '*' ? [odd(`${field}.name`, '`*` is taken literally here and names no ServiceAccount')] : [];
}

export function lintNetworkAuthentication({ spec }: PolicyObject): LintFinding[] {
  const { networks } = (spec ?? {}) as { readonly networks?: readonly { readonly cidr?: string }[] | null };
  if (!networks || networks.length === 0) return [refused('spec.networks', 'expected at least one network')];
  return [...lintNetworks(networks, 'spec.networks'), ...networks.flatMap(lintHostBits)];
}

function lintHostBits({ cidr = '' }: { readonly cidr?: string }, index: number): LintFinding[] {
  const parsed = parseCidr(cidr);
  const outside = parsed ? parsed.value & ((1n << BigInt(parsed.bits - parsed.length)) - 1n) : 0n;
  const message = `${cidr} has bits set beyond its prefix: all of the block is meant`;
  return outside === 0n ? [] : [odd(`spec.networks[${index}].cidr`, message)];
}
