import { inOrder } from './choose-route.ts';
import { refersTo } from './policy-object.ts';
import type { ParentRef, Route } from './route.ts';
import type { Server } from './server.ts';

export type Attachment = {
  readonly attached: readonly Route[];
  /** Routes that name the Server in vain, each with why. */
  readonly rejected: readonly { readonly route: Route; readonly reason: string }[];
};

/**
 * The routes of a namespace that hang on a Server. HTTPRoutes are for all but gRPC Servers, GRPCRoutes for those alone
 * (reference 3.4). With `trustStatus` the controller's word counts where it gave one; else what it would say.
 */
export function attachedRoutes(routes: readonly Route[], server: Server, trustStatus: boolean): Attachment {
  const naming = routes.filter(({ parents }) => parents.some((parent) => isServer(parent, server)));
  const judged = naming.map((route) => ({ route, reason: rejection(route, server, naming, trustStatus) }));
  const used = server.protocol === 'gRPC' ? 'GRPCRoute' : 'HTTPRoute';
  return {
    attached: inOrder(judged.flatMap(({ route, reason }) => (!reason && route.ref.kind === used ? [route] : []))),
    rejected: judged.flatMap(({ route, reason }) => {
      if (reason) return [{ route, reason }];
      if (route.ref.kind === used) return [];
      return [{ route, reason: `a Server with proxyProtocol ${server.protocol} uses no ${route.ref.kind}s` }];
    }),
  };
}

const isServer = (parent: ParentRef, server: Server): boolean =>
  refersTo(parent, 'policy.linkerd.io', 'Server') && parent.name === server.name;

/**
 * A parentRef to a Server with a port, a sectionName or another namespace makes the controller ignore the route whole, though
 * its status says Accepted (oracle 7; policy-controller inbound/routes.rs).
 */
function rejection(route: Route, server: Server, naming: readonly Route[], trustStatus: boolean): string | undefined {
  if (route.unreadable) return route.unreadable;
  const servers = route.parents.filter((parent) => refersTo(parent, 'policy.linkerd.io', 'Server'));
  if (servers.some(({ port }) => port !== undefined)) return 'a parentRef to a Server must not have a port';
  if (servers.some(({ sectionName }) => sectionName !== undefined))
    return 'a parentRef to a Server must not have a sectionName';
  if (servers.some(({ namespace = route.ref.namespace }) => namespace !== route.ref.namespace)) {
    return 'a parentRef must name a Server of its own namespace';
  }
  const status = trustStatus ? route.statuses.find((one) => one.server === server.name) : undefined;
  if (status) return status.accepted ? undefined : `the policy controller did not accept it: ${status.reason}`;
  return conflict(route, naming);
}

/** A GRPCRoute on the same parent takes it from all HTTPRoutes (policy-controller status, conflict.rs). */
function conflict({ ref }: Route, naming: readonly Route[]): string | undefined {
  const other = naming.find((route) => route.ref.kind === 'GRPCRoute');
  return ref.kind === 'HTTPRoute' && other
    ? `it conflicts with GRPCRoute ${other.ref.name} on the same Server`
    : undefined;
}
