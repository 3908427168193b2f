import { namespaceOf, type PolicyObject, refersTo } from '../../../linkerd/policy/policy-object.ts';
import { type ParentRef, ROUTE_KINDS, type Route } from '../../../linkerd/policy/route.ts';
import { objectKey, shownObject } from '../../object-key.ts';
import { type Place, stateRule, type Violation } from '../../rule.ts';
import { type StateIndex, stateIndex } from '../../state-index.ts';
import { claimsOf } from './route-claims.ts';
import { type ServerRoutes, serverRoutes } from './route-index.ts';

export const routeNeverMatches = stateRule({
  id: 'route-never-matches',
  group: 'policy',
  title: 'every route can take a request',
  severity: 'medium',
  rationale:
    'Linkerd ignores the route, whatever its status says (a parentRef to a Server with a port or sectionName, an HTTPRoute beside a GRPCRoute: oracle 7), the Server’s protocol uses another kind of route (reference 3.4), the port of its Service does not exist, or an older route takes every request it could take (oracle 1, 15). Policy on such a route admits nobody, and a Server may fall back to its default route.',
  remedy:
    'Correct the parentRef, or make the match differ from that of the older route; delete the route if it is not needed.',
  columns: ['object', 'namespace', 'kind', 'parent', 'reason'],
  violations: (state) => {
    const index = stateIndex(state);
    return [...serverRoutes(index).flatMap((one) => [...rejected(one), ...shadowed(one)]), ...onMissingPorts(index)];
  },
});

/** A parentRef into another namespace is left to `policy-in-wrong-namespace`. */
function rejected({ server, rejected: routes, objectOf }: ServerRoutes): Violation[] {
  return routes.flatMap(({ route, reason }) => {
    const object = objectOf(route);
    const abroad = route.parents.some(
      ({ namespace = namespaceOf(object), ...parent }) =>
        refersTo(parent, 'policy.linkerd.io', 'Server') && namespace !== namespaceOf(object),
    );
    if (abroad) return [];
    const why = `Linkerd ignores it on Server ${server.name}: ${reason}`;
    return [violation(object, fieldOf(route, server.name), `Server ${server.name}`, 'ignored', why)];
  });
}

/** `attached` is in the order of precedence among equals: the older first. */
function shadowed({ server, attached, objectOf }: ServerRoutes): Violation[] {
  const takenBy = new Map<string, Route>();
  return attached.flatMap((route) => {
    const claims = claimsOf(objectOf(route));
    const owners = claims.map(({ takers }) =>
      takers.map((claim) => takenBy.get(claim)).find((one) => one !== undefined),
    );
    for (const { takers } of claims) {
      const [own = ''] = takers;
      if (!takenBy.has(own)) takenBy.set(own, route);
    }
    const [owner] = owners;
    if (owner === undefined || owners.includes(undefined)) return [];
    const older = objectOf(owner);
    const names = [...new Set(owners.map((one) => one?.ref.name))].join(', ');
    const why = `${older.kind} ${names} on Server ${server.name} matches all that it does and comes first, being older or first by name`;
    const parent = `Server ${server.name}`;
    const place = { key: objectKey(older), field: 'spec.rules' };
    return [violation(objectOf(route), claims[0]?.field ?? 'spec.rules', parent, 'shadowed', why, [place])];
  });
}

type Ports = { readonly ports?: readonly { readonly port: number }[] };

/** A route on a port its Service does not have. */
function onMissingPorts(index: StateIndex): Violation[] {
  const services = new Map(index.of('Service.').map((object) => [objectKey(object), object]));
  return ROUTE_KINDS.flatMap((kind) =>
    index.of(kind).flatMap((object) => {
      const { parentRefs = [] } = (object.spec ?? {}) as { readonly parentRefs?: readonly ParentRef[] };
      return parentRefs.flatMap((ref, at) => {
        if (ref.port === undefined || !refersTo(ref, '', 'Service')) return [];
        const service = services.get(`Service./${ref.namespace ?? namespaceOf(object)}/${ref.name}`);
        const { ports } = (service?.spec ?? {}) as Ports;
        if (ports === undefined || ports.some(({ port }) => port === ref.port)) return [];
        const has = ports.map(({ port }) => port).join(', ');
        const why = `Service ${ref.name} has no port ${ref.port}, it has ${has}`;
        const parent = `Service ${ref.name}`;
        return [violation(object, `spec.parentRefs[${at}].port`, parent, 'port', why)];
      });
    }),
  );
}

/** The parentRef to a Server, at the field that makes Linkerd ignore it. */
function fieldOf({ parents }: Route, server: string): string {
  const at = parents.findIndex((parent) => refersTo(parent, 'policy.linkerd.io', 'Server') && parent.name === server);
  const { port, sectionName } = parents[at] ?? {};
  const field = port !== undefined ? '.port' : sectionName !== undefined ? '.sectionName' : '';
  return `spec.parentRefs[${at}]${field}`;
}

function violation(
  object: PolicyObject,
  field: string,
  parent: string,
  reason: string,
  why: string,
  more: readonly Place[] = [],
): Violation {
  const key = objectKey(object);
  return {
    message: `${shownObject(object)} takes no request: ${why}`,
    places: [{ key, field }, ...more],
    fingerprint: [key, parent, reason],
    row: { object: shownObject(object), namespace: namespaceOf(object), kind: object.kind, parent, reason },
  };
}
