import type { Request } from '../../linkerd/explain/asked-call.ts';
import type { CallProtocol } from '../../linkerd/policy/call.ts';
import type { Network } from '../../linkerd/policy/network.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import { sampleRequests } from '../access/sample-requests.ts';
import type { GateState } from '../gate-state.ts';
import type { Front } from './fronts.ts';

/** What may be asked for: empty where no route looks at it. */
export type Asked = { readonly shown: string | undefined; readonly request: Request };

/** What metrics do not tell of a call. `address` is absent where no network asks, `service` where no Service matters. */
export type Facts = {
  readonly protocol: CallProtocol;
  readonly serverSpeaksFirst?: true;
  readonly asked: Asked;
  readonly address?: string;
  readonly service?: Front;
};

type Spoken = Pick<Facts, 'protocol' | 'serverSpeaksFirst'>;
type Speech = Pick<PortPolicy, 'protocol' | 'opaqueToCallers'>;

/**
 * What may be spoken on a port, from what was counted there and what its Server says. Proxies count gRPC as HTTP; and
 * bytes on an opaque port may be anything. Where the change leaves that alone, one of them stands for all.
 */
export function spokenOn(unit: Edge['unit'], before: Speech, after: readonly Speech[]): readonly Spoken[] {
  const spoken = unit === 'requests' ? requestsTo(before) : connectionsTo(before);
  const stays = after.every((one) => one.protocol === before.protocol && isOpaque(one) === isOpaque(before));
  return stays ? spoken.slice(0, 1) : spoken;
}

function requestsTo({ protocol }: Speech): readonly Spoken[] {
  if (protocol === 'gRPC') return [{ protocol: 'grpc' }];
  if (protocol === 'HTTP/2') return [{ protocol: 'http2' }, { protocol: 'grpc' }];
  if (protocol === 'HTTP/1') return [{ protocol: 'http' }];
  return [{ protocol: 'http' }, { protocol: 'http2' }, { protocol: 'grpc' }];
}

function connectionsTo(speech: Speech): readonly Spoken[] {
  if (speech.protocol === 'TLS') return [{ protocol: 'tls' }];
  const bytes: Spoken[] = [{ protocol: 'tcp' }, { protocol: 'tls' }];
  return isOpaque(speech) ? [...bytes, { protocol: 'tcp', serverSpeaksFirst: true }, { protocol: 'http' }] : bytes;
}

const isOpaque = ({ protocol, opaqueToCallers }: Speech): boolean =>
  protocol === 'opaque' || opaqueToCallers !== undefined;

/** The networks that decide over a port; none where every authorization takes all addresses. */
export const networksOn = (policies: readonly PortPolicy[]): Network[] =>
  policies
    .flatMap(({ authorizations, routes }) => [authorizations, ...routes.map((route) => route.authorizations)])
    .flatMap(({ valid }) => valid.map(({ networks }) => networks))
    .filter((networks) => !networks.some(({ cidr, except }) => cidr.length === 0 && except.length === 0))
    .flat();

const AT_MOST = 24;

type Routes = Parameters<typeof sampleRequests>[0];

/** One request for each match of the routes, and what none of them names; where there are none, any will do. */
export function requestsFor(sides: readonly (readonly [Routes, GateState])[]): readonly Asked[] {
  const routed = sides.map(([routes, state]) => [routes.filter(({ ref }) => ref.kind !== 'default'), state] as const);
  if (routed.every(([routes]) => routes.length === 0)) return [{ shown: undefined, request: {} }];
  const samples = routed.flatMap(([routes, state]) => sampleRequests(routes, state));
  const asked = samples.flatMap(({ shown, request, raw }) => (request && !raw ? [{ shown, request }] : []));
  return [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()].slice(0, AT_MOST);
}
