import { type Cidr, covers, parseAddress, parseCidr } from '../../linkerd/policy/address.ts';
import type { Arrival } from '../../linkerd/policy/arrival.ts';
import type { Authentication, Authorization } from '../../linkerd/policy/authorization.ts';
import { accountIdentity, type MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import { inNetwork, type Network, networksInWords } from '../../linkerd/policy/network.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import { addressIn } from './sample-address.ts';

/** What a caller shows: nothing, any mesh identity, one below a suffix, or one by name. */
export type Proof =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mesh' }
  | { readonly kind: 'suffix'; readonly pattern: string }
  | { readonly kind: 'identity'; readonly pattern: string };

/** Where a caller is: anywhere in clusterNetworks or outside of them that no policy names, or in a network one names. */
export type Scope = 'inside' | 'outside' | { readonly network: string; readonly cidr: Cidr };

export type SampleCaller = { readonly proof: Proof; readonly scope: Scope; readonly arrival: Arrival };

/** One caller for each class of callers that the policies of a port tell apart (set-based: never one a workload). */
export function sampleCallers(
  before: readonly PortPolicy[],
  after: readonly PortPolicy[],
  settings: MeshSettings,
): SampleCaller[] {
  const admitting = after.flatMap(authorizationsOf);
  const networks = [...before.flatMap(authorizationsOf), ...admitting].flatMap((one) => one.networks);
  const generic = genericPlaces(networks, settings);
  const callers = new Map<string, SampleCaller>();
  const add = (proof: Proof, { scope, address }: Place) => {
    const name = JSON.stringify([proof, typeof scope === 'string' ? scope : scope.network]);
    callers.set(name, { proof, scope, arrival: { ...shown(proof, settings), address } });
  };
  for (const place of generic) for (const kind of ['nothing', 'mesh'] as const) add({ kind }, place);
  for (const authorization of new Map(admitting.map((one) => [canonical(one), one])).values()) {
    const places = placesIn(authorization.networks, generic, networks);
    for (const proof of proofsOf(authorization.authentication)) for (const place of places) add(proof, place);
  }
  return [...callers.values()];
}

/** All that admits to a port, kubelets' probes apart: those ask for nothing but their paths. */
const authorizationsOf = ({ authorizations, routes }: PortPolicy): Authorization[] => [
  ...authorizations.valid,
  ...routes.filter(({ ref }) => ref.kind !== 'default').flatMap((route) => route.authorizations.valid),
];

/** Equal for two authorizations that admit the same, whatever they are called. */
export const canonical = ({ authentication, networks }: Authorization): string =>
  JSON.stringify([authentication, networksInWords(networks)]);

type Place = { readonly scope: Scope; readonly address: string };

function genericPlaces(networks: readonly Network[], { clusterNetworks }: MeshSettings): Place[] {
  const named = networks.flatMap(({ cidr, except }) => [cidr, ...except]);
  const cluster = clusterNetworks.flatMap((text) => parseCidr(text) ?? []);
  const isNarrower = (than: Cidr) => (one: Cidr) => one.length > than.length && covers(than, one);
  const inside = cluster.flatMap((block) => addressIn(block, named.filter(isNarrower(block))) ?? [])[0];
  const world = parseCidr('0.0.0.0/0') as Cidr;
  const outside = addressIn(world, [...cluster, ...named.filter(isNarrower(world))]);
  return [
    ...(inside === undefined ? [] : [{ scope: 'inside' as const, address: inside }]),
    ...(outside === undefined ? [] : [{ scope: 'outside' as const, address: outside }]),
  ];
}

/** The generic places where they are in the networks, else one in each network. */
function placesIn(networks: readonly Network[], generic: readonly Place[], all: readonly Network[]): Place[] {
  return networks.flatMap((network): Place[] => {
    const { cidr, except } = network;
    const covered = generic.filter(({ address }) =>
      inNetwork(network, parseAddress(address) as NonNullable<ReturnType<typeof parseAddress>>),
    );
    if (covered.length > 0) return covered;
    if (cidr.length === 0 && cidr.bits === 128 && networks.some((one) => one.cidr.length === 0 && one !== network))
      return [];
    const narrower = all.map((one) => one.cidr).filter((one) => one.length > cidr.length);
    const address = addressIn(cidr, [...except, ...narrower]) ?? addressIn(cidr, except);
    return address === undefined ? [] : [{ scope: { network: networksInWords([network]), cidr }, address }];
  });
}

function proofsOf(authentication: Authentication): Proof[] {
  if (authentication.kind === 'anyone') return [{ kind: 'nothing' }];
  if (authentication.kind === 'mesh-tls') return [{ kind: 'mesh' }];
  return authentication.patterns.map((pattern): Proof => {
    if (pattern === '*') return { kind: 'mesh' };
    return pattern.startsWith('*.') ? { kind: 'suffix', pattern } : { kind: 'identity', pattern };
  });
}

/** A label no policy lists. */
const UNLISTED = 'nobody-lists-this';

function shown(proof: Proof, settings: MeshSettings): Omit<Arrival, 'address'> {
  if (proof.kind === 'nothing') return { tls: false, identity: undefined };
  if (proof.kind === 'identity') return { tls: true, identity: proof.pattern };
  if (proof.kind === 'suffix') return { tls: true, identity: UNLISTED + proof.pattern.slice(1) };
  return { tls: true, identity: accountIdentity(settings, UNLISTED, UNLISTED) };
}
