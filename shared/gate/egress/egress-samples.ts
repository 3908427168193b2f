import { type Cidr, covers, parseCidr } from '../../linkerd/policy/address.ts';
import { NOBODY } from '../../linkerd/policy/authorization.ts';
import type { CallProtocol } from '../../linkerd/policy/call.ts';
import type { EgressNetwork } from '../../linkerd/policy/egress-network.ts';
import type { MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import type { Request } from '../../linkerd/policy/request-match.ts';
import type { Route } from '../../linkerd/policy/route.ts';
import { addressIn } from '../access/sample-address.ts';
import { type SampleRequest, sampleRequests } from '../access/sample-requests.ts';
import type { GateState } from '../gate-state.ts';

/** Addresses that EgressNetworks do not tell apart, and one of them. `cidr` undefined: all outside the cluster that none names. */
export type Block = {
  readonly text: string;
  readonly cidr: Cidr | undefined;
  readonly address: string;
  /** Among clusterNetworks. */
  readonly isInside: boolean;
};

export const ANYWHERE = 'anywhere outside the cluster';

/** One block for each that the networks name, without the narrower ones in it, and one for all the others outside the cluster. */
export function blocksOf(networks: readonly EgressNetwork[], { clusterNetworks }: MeshSettings): Block[] {
  const cluster = clusterNetworks.flatMap((text) => parseCidr(text) ?? []);
  const cidrs = networks.flatMap((one) => one.networks.flatMap(({ cidr, except }) => [cidr, ...except]));
  const named = [...new Map(cidrs.map((cidr) => [cidr.text, cidr])).values()].filter(({ length }) => length > 0);
  const world = parseCidr('0.0.0.0/0') as Cidr;
  const outside = addressIn(
    world,
    [...cluster, ...named].filter((one) => covers(world, one)),
  );
  const within = named.flatMap((cidr): Block[] => {
    const address = addressIn(
      cidr,
      named.filter((one) => one.length > cidr.length && covers(cidr, one)),
    );
    const isInside = cluster.some((one) => covers(one, cidr));
    return address === undefined ? [] : [{ text: cidr.text, cidr, address, isInside }];
  });
  const blocks: Block[] =
    outside === undefined ? [] : [{ text: ANYWHERE, cidr: undefined, address: outside, isInside: false }];
  // A block may be written in two ways.
  return [...new Map([...blocks, ...within].map((block) => [block.address, block])).values()];
}

/** One way to ask for something outside. */
export type EgressSample = {
  /** In words; `any ...` = something that no route names. */
  readonly shown: string;
  readonly protocol: CallProtocol;
  readonly request: Request;
  /** The host that a route names for it. */
  readonly host: string | undefined;
};

export const ANY_HTTP = 'any HTTP request';
export const ANY_BYTES = 'any connection';
export const isUnnamed = ({ host, request }: EgressSample): boolean => host === undefined && request === UNNAMED;

const UNNAMED: Request = { method: 'ANY', path: '/nobody.lists/this', host: 'nobody.invalid', headers: {} };

/** What no route names, as HTTP, TLS and bytes, and one sample for each match and host of the routes. */
export function egressSamples(routes: readonly Route[], state: GateState): EgressSample[] {
  const any = (shown: string, protocol: CallProtocol): EgressSample => {
    return { shown, protocol, request: UNNAMED, host: undefined };
  };
  return [
    any(ANY_HTTP, 'http'),
    any('any TLS connection', 'tls'),
    any(ANY_BYTES, 'tcp'),
    ...routes.flatMap((route) => samplesOf(route, state)),
  ];
}

function samplesOf(route: Route, state: GateState): EgressSample[] {
  const hosts = route.hostnames.length > 0 ? route.hostnames : [undefined];
  if (route.ref.kind === 'TCPRoute') return [];
  return hosts.flatMap((host): EgressSample[] => {
    const request = { ...UNNAMED, host: host?.replace(/^\*/, 'any') ?? '' };
    if (route.ref.kind === 'TLSRoute') {
      return [{ shown: `TLS to ${host ?? 'any name'}`, protocol: 'tls', request, host }];
    }
    const own = sampleRequests([{ ...route, authorizations: NOBODY }], state);
    return own.filter(isNamed).flatMap((sample) => toSample(sample, route.rpc ? 'grpc' : 'http', request.host, host));
  });
}

const isNamed = ({ shown, raw }: SampleRequest): boolean => shown !== undefined && !raw;

function toSample(
  { shown = 'anything', request }: SampleRequest,
  protocol: CallProtocol,
  asked: string,
  host: string | undefined,
): EgressSample[] {
  if (request === undefined) return [];
  const what = host === undefined ? shown : `${shown} at ${host}`;
  return [{ shown: what, protocol, request: { ...request, host: asked }, host }];
}
