import { oncePer } from '../../domain/once-per.ts';
import { authenticationKey, targetOf } from '../../linkerd/policy/authorization-policy.ts';
import { namespaceOf, type PolicyObject, type Ref } from '../../linkerd/policy/policy-object.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import { routeKey } from '../access/sample-requests.ts';
import { objectKey } from '../object-key.ts';
import type { JudgedChange, Place } from '../rule.ts';
import { changedPlaces, changedPodPlaces } from './changed-places.ts';
import type { Outcome } from './judged-call.ts';

const POLICY = 'policy.linkerd.io';

/**
 * What of the change turns a call, likeliest first: a Server that takes the port, then what admitted and does not any more, the
 * Server and all that hangs on it, the two ends, their Namespaces.
 */
export function placesOf(judged: JudgedChange, edge: Edge, { facts, before, after, caller, callee }: Outcome): Place[] {
  const servers = [after.server, before.server].flatMap((server) =>
    server && server.kind !== 'default'
      ? [{ ...server, key: `${server.kind}.${POLICY}/${server.namespace}/${server.name}` }]
      : [],
  );
  const taken = servers.length > 0 && before.server?.name !== after.server?.name ? servers.map(({ key }) => key) : [];
  const authorizations = [...after.failed.map(({ authorization }) => authorization), ...before.authorizations].filter(
    ({ kind }) => kind !== 'default',
  );
  const routes = [before.route, after.route].flatMap((route) =>
    route && route.kind !== 'default' ? [routeKey(route)] : [],
  );
  const policies = authorizations.map(({ kind, namespace, name }) => `${kind}.${POLICY}/${namespace}/${name}`);
  const attached = servers.flatMap(({ namespace, name }) => hanging(judged).get(`${namespace}/${name}`) ?? []);
  const keys = [
    ...taken,
    ...policies.flatMap((key) => [...requirements(judged, key), key]),
    ...routes,
    ...servers.map(({ key }) => key),
    ...attached,
    ...(facts.service ? [`Service./${facts.service.namespace}/${facts.service.name}`] : []),
  ];
  const ends = [
    [edge.to.key, callee],
    [edge.from.key, caller],
  ] as const;
  return [
    ...[...new Set(keys)].flatMap((key) => changedPlaces(judged, key)),
    ...ends.flatMap(([key, pod]) => endPlaces(judged, key, pod)),
    ...ends.flatMap(([key]) => changedPlaces(judged, `Namespace./-/${key.split('/')[1]}`)),
    ...(hanging(judged).get(edge.to.key.split('/')[1] ?? '') ?? []).flatMap((key) => changedPlaces(judged, key)),
    ...changedPlaces(judged, `ConfigMap./${judged.before.policies.settings.controlPlaneNamespace}/linkerd-config`),
  ];
}

/** Places where the proxy of one of the two ends is taken out of the way. */
export function meshPlaces(judged: JudgedChange, { from, to }: Edge, { caller, callee }: Outcome): Place[] {
  const ends = [
    [to.key, callee],
    [from.key, caller],
  ] as const;
  return [
    ...ends.flatMap(([key, pod]) => endPlaces(judged, key, pod)),
    ...ends.flatMap(([key]) => changedPlaces(judged, `Namespace./-/${key.split('/')[1]}`)),
  ];
}

function endPlaces(judged: JudgedChange, key: string, pod: string | null): Place[] {
  const [, namespace, kind, name] = key.split('/');
  if (namespace === undefined || kind === undefined || name === undefined) return [];
  return changedPodPlaces(judged, { namespace, kind, name }, pod);
}

/** The authentications a policy requires, before or after. */
function requirements({ before, after }: JudgedChange, policy: string): string[] {
  return [before, after].flatMap(({ byKey }) => {
    const object = byKey.get(policy);
    if (object === undefined) return [];
    const { requiredAuthenticationRefs = [] } = (object.spec ?? {}) as { requiredAuthenticationRefs?: readonly Ref[] };
    return requiredAuthenticationRefs.map(({ kind = '', namespace = namespaceOf(object), name }) => {
      const [, ...where] = authenticationKey(kind, namespace, name).split('/');
      return `${kind}.${POLICY}/${where.join('/')}`;
    });
  });
}

/**
 * Keys of the policies and routes of the change by the Server, as `namespace/name`, on which they are or were; of its Servers
 * by namespace, for one that is ignored otherwise can still turn a port opaque (oracle 3).
 */
const hanging = oncePer(({ laid, before }: JudgedChange): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  const add = (object: PolicyObject | undefined) => {
    if (object === undefined) return;
    const { parentRefs = [], server } = (object.spec ?? {}) as {
      parentRefs?: readonly Ref[];
      server?: { name?: string };
    };
    const names = [targetOf(object)?.name, server?.name, ...parentRefs.map(({ name }) => name)];
    const on = names.flatMap((name) => (name === undefined ? [] : [`${namespaceOf(object)}/${name}`]));
    for (const at of object.kind === 'Server' ? [namespaceOf(object)] : on) {
      found.set(at, [...(found.get(at) ?? []), objectKey(object)]);
    }
  };
  for (const [key, { placed, fate }] of laid.given) {
    if (fate === 'unchanged') continue;
    add(placed.object);
    add(before.byKey.get(key));
  }
  for (const object of laid.removed.values()) add(object);
  return found;
});
