import { oncePer } from '../../../domain/once-per.ts';
import { type Attachment, attachedRoutes } from '../../../linkerd/policy/attached-routes.ts';
import { namespaceOf, type PolicyObject, refersTo } from '../../../linkerd/policy/policy-object.ts';
import { INBOUND_ROUTE_KINDS, type Route, toRoute } from '../../../linkerd/policy/route.ts';
import type { Server } from '../../../linkerd/policy/server.ts';
import type { StateIndex } from '../../state-index.ts';
import { serverOf } from './server-index.ts';

const routeOf = oncePer(toRoute);

export type ServerRoutes = Attachment & {
  readonly server: Server;
  /** What a route was made from. */
  readonly objectOf: (route: Route) => PolicyObject;
};

/** The routes that name each Server of a state, as the controller would take them (reference 3.4, oracle 7). */
export function serverRoutes(index: StateIndex): ServerRoutes[] {
  const objects = new Map(
    INBOUND_ROUTE_KINDS.flatMap((kind) => index.of(kind).map((object) => [routeOf(object), object])),
  );
  const naming = new Map<string, Route[]>();
  for (const [route, object] of objects) {
    for (const parent of new Set(route.parents.flatMap(serverNamed))) {
      const id = `${namespaceOf(object)}/${parent}`;
      naming.set(id, [...(naming.get(id) ?? []), route]);
    }
  }
  return index.of('Server.policy.linkerd.io').flatMap((object) => {
    const routes = naming.get(`${namespaceOf(object)}/${object.metadata.name}`);
    if (routes === undefined) return [];
    const server = serverOf(object);
    return [
      {
        server,
        ...attachedRoutes(routes, server, false),
        objectOf: (route: Route) => objects.get(route) as PolicyObject,
      },
    ];
  });
}

const serverNamed = (parent: Route['parents'][number]): string[] =>
  refersTo(parent, 'policy.linkerd.io', 'Server') ? [parent.name] : [];
