import { parseAddress } from './address.ts';
import { skipsProxy } from './arrival.ts';
import { type Call, isHttp } from './call.ts';
import { chooseRoute, inOrder } from './choose-route.ts';
import { type EgressNetwork, egressNetworkFor } from './egress-network.ts';
import { inNetwork, networksOf } from './network.ts';
import { refersTo } from './policy-object.ts';
import type { PolicySet } from './policy-set.ts';
import { requestsOf } from './request-facts.ts';
import type { Route } from './route.ts';
import { type ServerChoice, type Verdict, verdictOf } from './verdict.ts';

const FALLBACK = { kind: 'default', namespace: '', name: 'egress-fallback' } as const;

/**
 * A call to an address no workload has: only the client's proxy judges it, by EgressNetworks (oracle 10). An Allow network
 * lets pass what no route takes; under Deny a route lets its matches through.
 */
export function authorizeEgress(policies: PolicySet, call: Call, to: string): Verdict {
  const { client, port } = call;
  const address = parseAddress(to);
  if (address === undefined) return verdictOf('unknown', `${to} is no IP address`, { missing: ['server.address'] });
  if (client.meshed === undefined && client.identity === undefined) {
    return verdictOf('unknown', 'it is not known whether the client is meshed', { missing: ['client.meshed'] });
  }
  if (client.meshed === false)
    return verdictOf('not-enforced', 'the client is not meshed, so nothing judges what it sends');
  if (client.namespace === undefined) {
    return verdictOf('unknown', 'EgressNetworks are looked up by the namespace of the client', {
      missing: ['client.namespace'],
    });
  }
  if (skipsProxy(client, port, [to]))
    return verdictOf('not-enforced', `the client's proxy is skipped for ${to}:${port}`);
  const { egressNetworks, settings } = policies;
  const network = egressNetworkFor(egressNetworks, address, client.namespace, settings.egressNamespace);
  if (network === undefined && networksOf(settings.clusterNetworks).some((inside) => inNetwork(inside, address))) {
    const reason = `${to} is inside clusterNetworks, but no workload among the objects has it`;
    return verdictOf('unknown', reason, { missing: ['server'] });
  }
  if (network === undefined) {
    return verdictOf('allowed', `no EgressNetwork takes ${to}`, {
      server: { ...FALLBACK, reason: 'no EgressNetwork has this address' },
      route: { group: '', ...FALLBACK },
    });
  }
  return judgeAt(policies, call, network, to);
}

function judgeAt(policies: PolicySet, call: Call, network: EgressNetwork, to: string): Verdict {
  const { namespace, name, trafficPolicy } = network;
  const server: ServerChoice = { kind: 'EgressNetwork', namespace, name, reason: `${to} is in its networks` };
  const routes = routesOn(policies, network, call);
  const { request, missing } = requestsOf(call, routes);
  if (missing.length > 0 && trafficPolicy === 'Deny') {
    return verdictOf('unknown', 'which route takes the call is not known', { server, missing });
  }
  const route = missing.length > 0 ? undefined : chooseRoute(routes, request);
  if (route) return verdictOf('allowed', `${route.ref.kind} ${route.ref.name} takes it`, { server, route: route.ref });
  const kind = isHttp(call.protocol) ? 'http' : call.protocol;
  const fallback = { group: '', kind: 'default', namespace: '', name: `${kind}-egress-${trafficPolicy.toLowerCase()}` };
  return trafficPolicy === 'Allow'
    ? verdictOf('allowed', `EgressNetwork ${namespace}/${name} allows what no route takes`, { server, route: fallback })
    : verdictOf('denied', `EgressNetwork ${namespace}/${name} denies what no route takes`, {
        server,
        route: fallback,
        status: isHttp(call.protocol) ? 403 : 'closed',
      });
}

const PRECEDENCE = ['GRPCRoute', 'HTTPRoute', 'TLSRoute', 'TCPRoute'];

/**
 * Routes of the client's or the network's namespace on this network and port; without `port` a parentRef has no effect
 * (oracle 10). Of several kinds the most specific counts (Gateway API GEP-1426), and only for calls it can read.
 */
function routesOn({ egressRoutes }: PolicySet, network: EgressNetwork, { client, port, protocol }: Call): Route[] {
  const on = egressRoutes.filter(
    ({ ref, parents }) =>
      (ref.namespace === network.namespace || ref.namespace === client.namespace) &&
      parents.some(
        (parent) =>
          refersTo(parent, 'policy.linkerd.io', 'EgressNetwork') &&
          parent.name === network.name &&
          (parent.namespace ?? ref.namespace) === network.namespace &&
          parent.port === port,
      ),
  );
  const kind = PRECEDENCE.find((one) => on.some(({ ref }) => ref.kind === one));
  const readable =
    kind === 'TCPRoute' || (kind === 'TLSRoute' ? protocol === 'tls' : kind !== undefined && isHttp(protocol));
  return readable ? inOrder(on.filter(({ ref }) => ref.kind === kind)) : [];
}
