import { contains, parseAddress, parseCidr } from '../../linkerd/policy/address.ts';
import { inNetwork, type Network } from '../../linkerd/policy/network.ts';
import { addressIn } from '../access/sample-address.ts';

/** In no cluster's networks: TEST-NET-1 (RFC 5737) stands for a node or a client outside. */
const OUTSIDE = '192.0.2.1';
const AT_MOST = 12;

/** One of `addresses` for each way in which `networks` can hold them or not. */
export function distinctAddresses(addresses: readonly string[], networks: readonly Network[]): string[] {
  const kinds = new Map<string, string>();
  for (const text of addresses) {
    const address = parseAddress(text);
    const kind = address && networks.map((network) => (inNetwork(network, address) ? 1 : 0)).join('');
    if (kind !== undefined && !kinds.has(kind)) kinds.set(kind, text);
  }
  return [...kinds.values()].slice(0, AT_MOST);
}

/**
 * Addresses a caller may have whose own is not known: one in every block policy names, in the holes of it and in
 * `clusterNetworks`, where all pods are (reference 3.1); outside of them too unless the caller is `inside`.
 */
export function sampleAddresses(networks: readonly Network[], clusterNetworks: readonly string[], inside: boolean) {
  const cluster = clusterNetworks.flatMap((text) => parseCidr(text) ?? []);
  const named = networks.flatMap(({ cidr, except }) => [
    addressIn(cidr, except),
    ...except.map((hole) => addressIn(hole, [])),
  ]);
  const blocks = networks.map(({ cidr }) => cidr);
  const samples = [...named, ...cluster.flatMap((block) => [addressIn(block, blocks), addressIn(block, [])])].filter(
    (text) => text !== undefined,
  );
  const isInside = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== undefined && cluster.some((block) => contains(block, address));
  };
  return distinctAddresses(inside ? samples.filter(isInside) : [...samples, OUTSIDE], networks);
}
