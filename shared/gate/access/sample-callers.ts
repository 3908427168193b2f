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
  const named = distinct(networks.flatMap(({ cidr, except }) => [cidr, ...except]));
  const generic = genericPlaces(named, settings);
  const callers = new Map<string, SampleCaller>();
  const add = (proof: Proof, { scope, address }: Place) => {
    const name = JSON.stringify([proof, typeof scope === 'string' ? scope : scope.network]);
    callers.set(name, { proof, scope, arrival: { ...shown(proof, settings), address } });
  };
  for (const place of generic) for (const kind of ['nothing', 'mesh'] as const) add({ kind }, place);
  for (const authorization of new Map(admitting.map((one) => [canonical(one), one])).values()) {
    const places = placesIn(authorization.networks, generic, named);
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

const distinct = (blocks: readonly Cidr[]): Cidr[] => [...new Map(blocks.map((block) => [block.text, block])).values()];

function genericPlaces(named: readonly Cidr[], { clusterNetworks }: MeshSettings): Place[] {
  const cluster = clusterNetworks.flatMap((text) => parseCidr(text) ?? []);
  const inside = cluster.flatMap((block) => addressIn(block, named.filter(isNarrowerThan(block))) ?? [])[0];
  const world = parseCidr('0.0.0.0/0') as Cidr;
  const outside = addressIn(world, [...cluster, ...named.filter(isNarrowerThan(world))]);
  return [
    ...(inside === undefined ? [] : [{ scope: 'inside' as const, address: inside }]),
    ...(outside === undefined ? [] : [{ scope: 'outside' as const, address: outside }]),
  ];
}

/**
 * The generic places that are in the networks, and one in each block that any policy names within them, outside of the
 * narrower ones: blocks either hold one another or are apart, so nothing else can be told apart.
 */
function placesIn(networks: readonly Network[], generic: readonly Place[], named: readonly Cidr[]): Place[] {
  return networks.flatMap((network): Place[] => {
    const holds = ({ address }: Place): boolean => {
      const parsed = parseAddress(address);
      return parsed !== undefined && inNetwork(network, parsed);
    };
    const blocks = named.filter((block) => covers(network.cidr, block) && !isEverywhere(block, networks));
    const own = blocks.flatMap((block): Place[] => {
      const address = addressIn(block, named.filter(isNarrowerThan(block)));
      const network = block.text;
      return address === undefined ? [] : [{ scope: { network, cidr: block }, address }];
    });
    return [...generic, ...own].filter(holds);
  });
}

/** All of IPv4 is told by the generic places, all of IPv6 beside it by them too. */
const isEverywhere = ({ bits, length }: Cidr, networks: readonly Network[]): boolean =>
  length === 0 && (bits === 32 || networks.some(({ cidr }) => cidr.length === 0 && cidr.bits === 32));

const isNarrowerThan =
  (block: Cidr) =>
  (one: Cidr): boolean =>
    one.length > block.length && covers(block, one);

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
