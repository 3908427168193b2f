import { createdAt } from '../../kubernetes/kubernetes-object.ts';
import { type Address, type Cidr, parseCidr } from './address.ts';
import type { MeshSettings } from './mesh-settings.ts';
import { inNetwork, type Network, toNetworks } from './network.ts';
import { namespaceOf, type PolicyObject } from './policy-object.ts';

export type EgressNetwork = {
  readonly namespace: string;
  readonly name: string;
  readonly createdAt: number | undefined;
  readonly trafficPolicy: 'Allow' | 'Deny';
  readonly networks: readonly Network[];
};

type Spec = {
  readonly trafficPolicy?: 'Allow' | 'Deny';
  readonly networks?: readonly { readonly cidr?: string; readonly except?: readonly string[] }[];
};

/** Without networks it is everything outside the cluster's (reference 3.1). */
export function toEgressNetwork(object: PolicyObject, settings: MeshSettings): EgressNetwork {
  const { trafficPolicy = 'Deny', networks } = (object.spec ?? {}) as Spec;
  return {
    namespace: namespaceOf(object),
    name: object.metadata.name,
    createdAt: createdAt(object.metadata),
    trafficPolicy,
    networks: networks === undefined ? outside(settings) : toNetworks(networks),
  };
}

function outside({ clusterNetworks }: MeshSettings): Network[] {
  const inside = clusterNetworks.flatMap((cidr) => parseCidr(cidr) ?? []);
  return ['0.0.0.0/0', '::/0'].flatMap((text) => {
    const cidr = parseCidr(text);
    return cidr ? [{ cidr, except: inside.filter(({ bits }: Cidr) => bits === cidr.bits) }] : [];
  });
}

/**
 * The EgressNetwork that takes an address: those of the client's namespace, or, where it has none at all, those of the global
 * one; the most specific block wins, then the older, then the name (reference 3.1, oracle 10, outbound/egress_network.rs).
 */
export function egressNetworkFor(
  all: readonly EgressNetwork[],
  address: Address,
  clientNamespace: string,
  globalNamespace: string,
): EgressNetwork | undefined {
  const own = all.filter(({ namespace }) => namespace === clientNamespace);
  const pool = own.length > 0 ? own : all.filter(({ namespace }) => namespace === globalNamespace);
  const fitting = pool.flatMap((network) => {
    const lengths = network.networks.filter((one) => inNetwork(one, address)).map(({ cidr }) => cidr.length);
    return lengths.length > 0 ? [{ network, length: Math.max(...lengths) }] : [];
  });
  return fitting.sort((a, b) => b.length - a.length || older(a.network, b.network))[0]?.network;
}

function older(a: EgressNetwork, b: EgressNetwork): number {
  const age = (a.createdAt ?? Infinity) - (b.createdAt ?? Infinity);
  if (age !== 0 && !Number.isNaN(age)) return age;
  return `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1;
}
