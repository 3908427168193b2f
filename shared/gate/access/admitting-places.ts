import { parseAddress } from '../../linkerd/policy/address.ts';
import { meshTlsPatterns } from '../../linkerd/policy/authentications.ts';
import type { Authorization } from '../../linkerd/policy/authorization.ts';
import { matchesIdentity } from '../../linkerd/policy/identity-pattern.ts';
import { inNetwork, toNetworks } from '../../linkerd/policy/network.ts';
import { namespaceOf, type PolicyObject, type Ref } from '../../linkerd/policy/policy-object.ts';
import type { Server } from '../../linkerd/policy/server.ts';
import type { GateState } from '../gate-state.ts';
import type { JudgedChange, Place } from '../rule.ts';
import { declaredPortPlaces } from './declared-port-places.ts';
import { isUnguarded } from './door.ts';
import type { OpenedWay } from './opened-ways.ts';
import { routeKey } from './sample-requests.ts';
import { annotationPlaces, podPlaces, touchedPlaces, unmeshedPlaces } from './touched-places.ts';

const POLICY = 'policy.linkerd.io';

/** What may have opened a way: the entry of a list first, then policy, route, Servers, the workload and its Namespace. */
export function admittingPlaces(judged: JudgedChange, way: OpenedWay): Place[] {
  const { after } = judged;
  const { admitted, workload, doors, sample } = way;
  const servers = [...doors.after, ...doors.before].flatMap(({ policy }) => policy.server ?? []);
  const routes = [admitted.route, ...doors.before.flatMap(({ policy }) => policy.routes)].flatMap((route) =>
    route && route.ref.kind !== 'default' ? [{ key: routeKey(route.ref), field: 'spec.rules' }] : [],
  );
  const places: Place[] = [
    ...unguardedPlaces(judged, way),
    ...admitted.by.flatMap((authorization) => authorizationPlaces(after, authorization, sample.arrival)),
    ...routes,
    ...servers.map((server) => ({
      key: `Server.${POLICY}/${server.namespace}/${server.name}`,
      field: serverField(after, server, way),
    })),
    ...(losesName(way) ? declaredPortPlaces(judged, workload, way.port) : []),
    ...annotationPlaces(judged, workload, 'config.linkerd.io/default-inbound-policy'),
    ...podPlaces(judged, workload, 'metadata'),
  ];
  return touchedPlaces(judged, places);
}

/** Of a Server that has the port no more, what chose it; else what it lets in. */
function serverField(after: GateState, { namespace, name, port, accessPolicy }: Server, { doors }: OpenedWay): string {
  if (doors.after.some(({ policy: { server } }) => server?.name === name)) {
    return accessPolicy === 'deny' ? 'spec' : 'spec.accessPolicy';
  }
  const object = after.byKey.get(`Server.${POLICY}/${namespace}/${name}`);
  const spec = (object?.spec ?? {}) as { readonly port?: unknown };
  return spec.port === port ? 'spec.podSelector' : 'spec.port';
}

/** Whether the port goes by another name than the Server that had it says. */
const losesName = ({ doors, port }: OpenedWay): boolean =>
  doors.before.some(({ policy: { server } }) => {
    if (typeof server?.port !== 'string') return false;
    const name = server.port;
    return doors.after.some(({ workload }) => !workload.namedPorts.get(name)?.includes(port));
  });

/** What takes the proxy out of the way. */
function unguardedPlaces(judged: JudgedChange, { doors, workload }: OpenedWay): Place[] {
  const open = doors.after.find(isUnguarded)?.workload;
  if (open === undefined) return [];
  return open.meshed === false
    ? unmeshedPlaces(judged, workload, open.unmeshedReason)
    : annotationPlaces(judged, workload, 'config.linkerd.io/skip-inbound-ports');
}

type Arrival = OpenedWay['sample']['arrival'];

function authorizationPlaces(state: GateState, { ref }: Authorization, arrival: Arrival): Place[] {
  if (ref.kind === 'default') return [];
  const key = `${ref.kind}.${POLICY}/${ref.namespace}/${ref.name}`;
  const policy = state.byKey.get(key);
  if (ref.kind === 'ServerAuthorization' || policy === undefined) return [{ key, field: 'spec.client' }];
  const { requiredAuthenticationRefs = [] } = (policy.spec ?? {}) as {
    readonly requiredAuthenticationRefs?: readonly Ref[];
  };
  const entries = requiredAuthenticationRefs.flatMap((required): Place[] => {
    const authentication = `${required.kind}.${POLICY}/${required.namespace ?? ref.namespace}/${required.name}`;
    const object = state.byKey.get(authentication);
    return object ? [{ key: authentication, field: entryOf(object, state, arrival) }] : [];
  });
  return [...entries, { key, field: 'spec.requiredAuthenticationRefs' }];
}

/** The entry of an authentication's list that lets a caller in, most exact first. */
function entryOf(
  object: PolicyObject,
  { policies: { settings } }: GateState,
  { identity, address = '' }: Arrival,
): string {
  type Spec = {
    readonly identities?: readonly string[];
    readonly identityRefs?: readonly Ref[];
    readonly networks?: readonly object[];
  };
  const { identities = [], identityRefs = [], networks = [] } = (object.spec ?? {}) as Spec;
  const metadata = { name: object.metadata.name, namespace: namespaceOf(object) };
  const patterns = [
    ...identities.map((pattern, i) => ({ pattern, field: `spec.identities[${i}]` })),
    ...identityRefs.flatMap((one, i) =>
      meshTlsPatterns({ ...object, metadata, spec: { identityRefs: [one] } }, settings).map((pattern) => ({
        pattern,
        field: `spec.identityRefs[${i}]`,
      })),
    ),
  ];
  const [entry] = patterns
    .filter(({ pattern }) => identity !== undefined && matchesIdentity(pattern, identity))
    .sort((a, b) => b.pattern.length - a.pattern.length);
  if (entry) return entry.field;
  const parsed = parseAddress(address);
  const at = networks.findIndex((one) => parsed && toNetworks([one]).some((network) => inNetwork(network, parsed)));
  return at < 0 ? 'spec' : `spec.networks[${at}]`;
}
