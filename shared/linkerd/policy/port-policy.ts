import { attachedRoutes } from './attached-routes.ts';
import type { Authorizations } from './authorization.ts';
import { type Authentications, guardsRoute, guardsServer, toAuthorizations } from './authorization-policy.ts';
import { defaultAuthorizations, type Mode, parseMode, requiringIdentity } from './default-policy.ts';
import { defaultRoutes } from './default-routes.ts';
import type { MeshSettings } from './mesh-settings.ts';
import type { PolicyObject } from './policy-object.ts';
import { hasPort } from './port-ranges.ts';
import { type RateLimit, rateLimitsOf } from './rate-limit.ts';
import type { RequestMatch } from './request-match.ts';
import type { Route, RouteRef } from './route.ts';
import { claimants, type ProxyProtocol, type Server } from './server.ts';
import { guards, serverAuthorization } from './server-authorization.ts';
import type { Workload } from './workload.ts';

/** The policy objects of one namespace. */
export type NamespacePolicies = {
  readonly servers: readonly Server[];
  readonly serverAuthorizations: readonly PolicyObject[];
  readonly authorizationPolicies: readonly PolicyObject[];
  readonly rateLimits: readonly PolicyObject[];
  readonly routes: readonly Route[];
};

export type Mesh = {
  readonly settings: MeshSettings;
  readonly authentications: Authentications;
  readonly trustStatus: boolean;
};

export type GuardedRoute = Pick<Route, 'createdAt' | 'hostnames' | 'matchesAll' | 'rpc' | 'redirects'> & {
  readonly ref: RouteRef;
  readonly matches: readonly RequestMatch[];
  readonly authorizations: Authorizations;
};

/** All that decides over calls to one port of one workload. */
export type PortPolicy = {
  /** The Server that counts; undefined where the default policy does. */
  readonly server: Server | undefined;
  /** Servers that claim the port too and are ignored. */
  readonly losers: readonly Server[];
  readonly mode: Mode;
  readonly protocol: ProxyProtocol;
  readonly authorizations: Authorizations;
  readonly routes: readonly GuardedRoute[];
  readonly rejectedRoutes: readonly { readonly route: RouteRef; readonly reason: string }[];
  readonly rateLimits: (identity: string | undefined) => readonly RateLimit[];
  /** Why meshed callers send bytes instead of HTTP; undefined when they do not. */
  readonly opaqueToCallers: string | undefined;
};

export function portPolicy(workload: Workload, port: number, policies: NamespacePolicies, mesh: Mesh): PortPolicy {
  const [server, ...losers] = claimants(policies.servers, workload, port);
  const opaqueToCallers = whyOpaque(workload, port, server ? [server, ...losers] : []);
  if (server === undefined) return { ...defaultServer(workload, port, mesh), opaqueToCallers };
  const { attached, rejected } = attachedRoutes(policies.routes, server, mesh.trustStatus);
  const ofRoute = ({ ref }: Route) =>
    toAuthorizations(
      policies.authorizationPolicies.filter((policy) => guardsRoute(policy, ref)),
      mesh.authentications,
      mesh.settings,
    );
  const own = attached.map((route) => ({ ...route, authorizations: ofRoute(route) }));
  return {
    server,
    losers,
    mode: server.accessPolicy,
    protocol: server.protocol,
    authorizations: serverAuthorizations(server, policies, mesh),
    routes: own.length > 0 ? own : defaultRoutes(workload, port, server.protocol, mesh.settings),
    rejectedRoutes: rejected.map(({ route, reason }) => ({ route: route.ref, reason })),
    rateLimits: rateLimitsOf(policies.rateLimits, server.name, mesh.settings),
    opaqueToCallers,
  };
}

/** The union of what admits to a Server (reference 3.4). */
function serverAuthorizations(
  server: Server,
  policies: NamespacePolicies,
  { authentications, settings }: Mesh,
): Authorizations {
  const old = policies.serverAuthorizations
    .filter((object) => guards(object, server))
    .map((object) => serverAuthorization(object, settings));
  const now = toAuthorizations(
    policies.authorizationPolicies.filter((policy) => guardsServer(policy, server.name)),
    authentications,
    settings,
  );
  return {
    valid: [
      ...old.flatMap((one) => ('networks' in one ? [one] : [])),
      ...now.valid,
      ...defaultAuthorizations(server.accessPolicy, settings),
    ],
    void: [...old.flatMap((one) => ('reason' in one ? [one] : [])), ...now.void],
  };
}

/** A port no Server claims: the pod's mode, else the cluster's; AuthorizationPolicies play no part (reference 3.5). */
function defaultServer(workload: Workload, port: number, { settings }: Mesh): Omit<PortPolicy, 'opaqueToCallers'> {
  const said = workload.mode ?? parseMode(settings.defaultInboundPolicy) ?? 'all-unauthenticated';
  const mode = hasPort(workload.requireIdentity, port) ? requiringIdentity(said) : said;
  const protocol = hasPort(workload.opaquePorts, port) ? 'opaque' : 'unknown';
  return {
    server: undefined,
    losers: [],
    mode,
    protocol,
    authorizations: { valid: defaultAuthorizations(mode, settings), void: [] },
    routes: defaultRoutes(workload, port, protocol, settings),
    rejectedRoutes: [],
    rateLimits: () => [],
  };
}

/** The pod's annotation, or any Server on the port, also one that is ignored otherwise (oracle 2, 3). */
function whyOpaque(workload: Workload, port: number, servers: readonly Server[]): string | undefined {
  if (hasPort(workload.opaqueToCallers, port)) return `opaque-ports of the pod lists ${port}`;
  const opaque = servers.find(({ protocol }) => protocol === 'opaque');
  return opaque && `Server ${opaque.name} on the port says proxyProtocol opaque`;
}
