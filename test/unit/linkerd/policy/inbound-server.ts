import type { Address, Cidr } from '../../../../shared/linkerd/policy/address.ts';
import type { Authorization } from '../../../../shared/linkerd/policy/authorization.ts';
import type { PortPolicy } from '../../../../shared/linkerd/policy/port-policy.ts';

/** The parts of io.linkerd.proxy.inbound.Server that are compared, as protojson writes them. */
type Ip = { readonly ipv4?: number; readonly ipv6?: { readonly first?: string; readonly last?: string } };
type Net = { readonly ip: Ip; readonly prefixLen?: number };
type Meta = { readonly default?: string; readonly resource?: { group: string; kind: string; name: string } };
type Clients = {
  readonly unauthenticated?: object;
  readonly identities?: { readonly identities?: { name: string }[]; readonly suffixes?: { parts?: string[] }[] };
};
type Authz = {
  readonly metadata: Meta;
  readonly networks?: readonly { readonly net: Net; readonly except?: readonly Net[] }[];
  readonly authentication: { readonly unauthenticated?: object; readonly meshTLS?: Clients };
};
type Rule = { readonly matches?: readonly unknown[] };
type Route = {
  readonly metadata: Meta;
  readonly authorizations?: Authz[];
  readonly rules?: Rule[];
  readonly hosts?: unknown[];
};
type Routes = { readonly httpRoutes?: Route[]; readonly routes?: Route[]; readonly httpLocalRateLimit?: object };
export type InboundServer = {
  readonly labels: { readonly kind: string; readonly name: string };
  readonly protocol: Readonly<Record<string, Routes>>;
  readonly authorizations?: Authz[];
};

const PROTOCOLS: Readonly<Record<string, string>> = {
  detect: 'unknown',
  http1: 'HTTP/1',
  http2: 'HTTP/2',
  grpc: 'gRPC',
  opaque: 'opaque',
  tls: 'TLS',
};

/** What the controller sent, in a form to compare. Routes keep their order: it decides between equal matches. */
export function recordedPolicy({ labels, protocol, authorizations = [] }: InboundServer) {
  const [kind = '', { httpRoutes, routes = httpRoutes ?? [], httpLocalRateLimit } = {}] =
    Object.entries(protocol)[0] ?? [];
  return {
    server: `${labels.kind}/${labels.name}`,
    protocol: PROTOCOLS[kind],
    authorizations: authorizations.map(recordedAuthorization).sort(),
    routes: routes.map(({ metadata, authorizations: own = [], rules = [], hosts = [] }) => ({
      route: name(metadata),
      hosts: hosts.length,
      matches: rules.flatMap(({ matches = [{}] }) => matches).length,
      authorizations: own.map(recordedAuthorization).sort(),
    })),
    limited: httpLocalRateLimit !== undefined,
  };
}

export function ownPolicy(policy: PortPolicy): ReturnType<typeof recordedPolicy> {
  const { server, mode, protocol, authorizations, routes, rateLimits } = policy;
  const sent = protocol === 'opaque' || protocol === 'TLS' ? [] : routes;
  return {
    server: server ? `server/${server.name}` : `default/${mode}`,
    protocol,
    authorizations: authorizations.valid.map(ownAuthorization).sort(),
    routes: sent.map(({ ref, hostnames, matches, authorizations: own }) => ({
      route: ref.kind === 'default' ? ref.name : `${ref.group}/${ref.kind}/${ref.name}`.toLowerCase(),
      hosts: hostnames.length,
      matches: matches.length,
      authorizations: own.valid.map(ownAuthorization).sort(),
    })),
    limited: rateLimits(undefined).length > 0,
  };
}

const name = ({ default: own, resource }: Meta): string =>
  own ?? `${resource?.group}/${resource?.kind}/${resource?.name}`.toLowerCase();

function recordedAuthorization({ metadata, networks = [], authentication }: Authz): string {
  const { unauthenticated, meshTLS } = authentication;
  const { identities = [], suffixes = [] } = meshTLS?.identities ?? {};
  const patterns = [
    ...identities.map((one) => one.name),
    ...suffixes.map(({ parts = [] }) => ['*', ...parts].join('.')),
  ];
  const proof = unauthenticated ? 'anyone' : meshTLS?.unauthenticated ? 'mesh-tls' : patterns.sort().join(' ');
  const nets = networks.map(({ net, except = [] }) => [net, ...except].map(recordedNet).join(' except '));
  return `${name(metadata)}: ${proof} from ${nets.sort().join(', ')}`;
}

function recordedNet({ ip: { ipv4, ipv6 }, prefixLen = 0 }: Net): string {
  const value = ipv6 ? (BigInt(ipv6.first ?? 0) << 64n) | BigInt(ipv6.last ?? 0) : BigInt(ipv4 ?? 0);
  return block({ bits: ipv6 ? 128 : 32, value, length: prefixLen });
}

function ownAuthorization({ ref, networks, authentication }: Authorization): string {
  const proof =
    authentication.kind === 'identities' ? [...authentication.patterns].sort().join(' ') : authentication.kind;
  const nets = networks.map(({ cidr, except }) => [cidr, ...except].map(block).join(' except '));
  const full = ref.kind === 'default' ? ref.name : `policy.linkerd.io/${ref.kind}/${ref.name}`.toLowerCase();
  return `${full}: ${proof} from ${nets.sort().join(', ')}`;
}

const block = ({ bits, value, length }: Address & Pick<Cidr, 'length'>): string =>
  `v${bits} ${(value >> BigInt(bits - length)).toString(16)}/${length}`;
