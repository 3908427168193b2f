import { parseAddress } from './address.ts';
import type { Arrival } from './arrival.ts';
import type { Authorization } from './authorization.ts';
import { matchesIdentity } from './identity-pattern.ts';
import { inNetwork } from './network.ts';

/** Whether a clause holds; undefined when a fact is missing. */
export type Holds = boolean | undefined;

export type Judgement = { readonly network: Holds; readonly identity: Holds };

/** One authorization against one client (reference 3.4, "Match of one authorization"). */
export const judge = (authorization: Authorization, arrival: Arrival): Judgement => ({
  network: inNetworks(authorization, arrival),
  identity: proves(authorization, arrival),
});

export const matches = ({ network, identity }: Judgement): Holds =>
  network === false || identity === false ? false : network && identity;

function inNetworks({ networks }: Authorization, { address }: Arrival): Holds {
  const parsed = address === undefined ? undefined : parseAddress(address);
  if (parsed !== undefined) return networks.some((network) => inNetwork(network, parsed));
  if (networks.length === 0) return false;
  const everywhere = networks.some(({ cidr, except }) => cidr.length === 0 && except.length === 0);
  return everywhere || undefined;
}

function proves({ authentication }: Authorization, { tls, identity }: Arrival): Holds {
  if (authentication.kind === 'anyone') return true;
  if (tls !== true) return tls;
  if (authentication.kind === 'mesh-tls') return true;
  if (identity !== undefined) return authentication.patterns.some((pattern) => matchesIdentity(pattern, identity));
  return authentication.patterns.length > 0 ? undefined : false;
}
