import { type Address, type Cidr, contains, parseCidr } from './address.ts';

/** One entry of `networks`: a block of addresses without some parts of it. */
export type Network = { readonly cidr: Cidr; readonly except: readonly Cidr[] };

type NetworkSpec = { readonly cidr?: string; readonly except?: readonly string[] };

/** Entries that are no CIDR are refused at admission, so they admit nobody here. */
export function toNetworks(specs: readonly NetworkSpec[]): Network[] {
  return specs.flatMap(({ cidr = '', except = [] }) => {
    const parsed = parseCidr(cidr);
    return parsed ? [{ cidr: parsed, except: except.flatMap((text) => parseCidr(text) ?? []) }] : [];
  });
}

export const networksOf = (cidrs: readonly string[]): Network[] => toNetworks(cidrs.map((cidr) => ({ cidr })));

/** A policy without a network requirement takes every address (reference 3.4). */
export const EVERYWHERE: readonly Network[] = networksOf(['0.0.0.0/0', '::/0']);

export const inNetwork = ({ cidr, except }: Network, address: Address): boolean =>
  contains(cidr, address) && !except.some((hole) => contains(hole, address));

/** `10.0.0.0/8 except 10.1.0.0/16, 192.168.0.0/16` */
export const networksInWords = (networks: readonly Network[]): string =>
  networks
    .map(({ cidr, except }) => cidr.text + (except.length > 0 ? ` except ${except.map((e) => e.text).join(', ')}` : ''))
    .join(', ');
