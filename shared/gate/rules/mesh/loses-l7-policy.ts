import { type Door, doorsOf, isUnguarded } from '../../access/door.ts';
import { routeKey } from '../../access/sample-requests.ts';
import { farEnds, seenCalls, seenInWords } from '../../access/seen-calls.ts';
import { annotationPlaces, touchedPlaces } from '../../access/touched-places.ts';
import { type TouchedWorkload, touchedWorkloads } from '../../access/touched-workloads.ts';
import type { GateRule, JudgedChange, Violation } from '../../rule.ts';

/** Ports of which requests were judged, and only connections will be. */
export const losesL7Policy: GateRule = {
  id: 'loses-l7-policy',
  group: 'mesh',
  title: 'no HTTP port is marked opaque',
  severity: 'medium',
  rationale:
    'On an opaque port the proxy sees connections instead of requests: routes and what admits to them count for nothing, rate limits and probes neither, and metrics tell no status (reference 3.4, oracle 2, 3). Told are ports that a Server of HTTP or a route guards, and ports on which requests were seen.',
  remedy:
    'Leave the port out of opaque-ports and of proxyProtocol: opaque, or accept the finding if it never spoke HTTP.',
  columns: ['namespace', 'workload', 'kind', 'port', 'server', 'routes', 'callers'],
  judge: (judged) => {
    const found = touchedWorkloads(judged).flatMap((workload) =>
      [...workload.portsAfter].flatMap((port) => violation(judged, workload, port)),
    );
    const first = new Map(found.toReversed().map((one) => [JSON.stringify(one.fingerprint), one]));
    return { caused: [...first.values()].reverse(), existing: [] };
  },
};

const ANNOTATION = 'config.linkerd.io/opaque-ports';
const SPEAKS_HTTP = new Set(['HTTP/1', 'HTTP/2', 'gRPC']);

function violation(judged: JudgedChange, workload: TouchedWorkload, port: number): Violation[] {
  const { namespace, kind, name, key, before, after, onceRecreated } = workload;
  const guarded = doorsOf(judged.before, before, port).filter((door) => !isUnguarded(door));
  const cause = doorsOf(judged.after, after, port).flatMap((door) => whyConnections(door) ?? [])[0];
  if (cause === undefined || guarded.length === 0 || guarded.some(whyConnections)) return [];
  const server = guarded.flatMap(({ policy }) => policy.server ?? [])[0];
  const routes = guarded.flatMap(({ policy }) => policy.routes.filter(({ ref }) => ref.kind !== 'default'));
  const names = [...new Set(routes.map(({ ref }) => `${ref.kind} ${ref.namespace}/${ref.name}`))];
  const http = server !== undefined && SPEAKS_HTTP.has(server.protocol);
  const calls = (seenCalls(judged).to.get(key) ?? []).filter((edge) => edge.port === port && edge.unit === 'requests');
  if (!http && routes.length + calls.length === 0) return [];
  const lost = [
    ...(names.length > 0 ? [`${names.join(', ')} ${names.length > 1 ? 'count' : 'counts'} for nothing`] : []),
    ...(server === undefined ? [] : [`Server ${namespace}/${server.name} judges connections instead of requests`]),
    ...(calls.length > 0 ? [`${seenInWords(calls, 'from')}, were judged by request`] : []),
  ];
  const once = onceRecreated ? ' once its pods are created again' : '';
  return [
    {
      message: `port ${port} of ${kind} ${namespace}/${name} loses policy for requests${once}, because ${cause}: ${lost.join('; ')}; leave the port HTTP`,
      severity: http || names.length > 0 ? 'high' : 'medium',
      places: touchedPlaces(judged, [
        ...opaqueServers(judged, workload, port),
        ...annotationPlaces(judged, workload, ANNOTATION),
        ...routes.map(({ ref }) => ({ key: routeKey(ref) })),
      ]),
      fingerprint: [namespace, kind, name, port],
      row: {
        namespace,
        workload: name,
        kind,
        port,
        server: server?.name ?? null,
        routes: names,
        callers: farEnds(calls, 'from'),
      },
    },
  ];
}

/**
 * Why connections are judged at a door; undefined where requests are. A Server of HTTP goes on to judge requests: callers that
 * send it bytes break, which is told of the calls.
 */
function whyConnections(door: Door): string | undefined {
  if (isUnguarded(door)) return undefined;
  const { protocol, opaqueToCallers, server } = door.policy;
  if (SPEAKS_HTTP.has(protocol)) return undefined;
  if (server && (protocol === 'opaque' || protocol === 'TLS')) {
    return `Server ${server.namespace}/${server.name} says proxyProtocol ${protocol}`;
  }
  return opaqueToCallers;
}

/** Servers on the port that say opaque, the younger ones too (oracle 3). */
const opaqueServers = ({ after: state }: JudgedChange, { after }: TouchedWorkload, port: number) =>
  doorsOf(state, after, port).flatMap(({ policy }) =>
    [...(policy.server ? [policy.server] : []), ...policy.losers]
      .filter(({ protocol }) => protocol === 'opaque' || protocol === 'TLS')
      .map(({ namespace, name }) => ({
        key: `Server.policy.linkerd.io/${namespace}/${name}`,
        field: 'spec.proxyProtocol',
      })),
  );
