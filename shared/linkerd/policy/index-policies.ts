import { oncePer } from '../../domain/once-per.ts';
import { authenticationKey } from './authorization-policy.ts';
import type { Destination } from './call.ts';
import { type EgressNetwork, toEgressNetwork } from './egress-network.ts';
import { indexWorkloads } from './index-workloads.ts';
import { DEFAULT_SETTINGS, type MeshSettings, meshSettings } from './mesh-settings.ts';
import { misshapen } from './object-shapes.ts';
import { groupKind, namespaceOf, type PolicyObject, refersTo, withoutNulls } from './policy-object.ts';
import type { PolicySet } from './policy-set.ts';
import { type Mesh, type NamespacePolicies, type PortPolicy, portPolicy } from './port-policy.ts';
import { ROUTE_KINDS, type Route, toRoute } from './route.ts';
import { type Server, toServer } from './server.ts';
import type { Workload } from './workload.ts';

export type IndexOptions = {
  /** Wins over ConfigMap linkerd-config among the objects, and that over Linkerd's defaults. */
  readonly settings?: MeshSettings;
  /**
   * Whether the Accepted conditions of routes count (the default). Manifests laid over a state may change what the
   * controller would say; then its conditions are worked out from the objects alone.
   */
  readonly trustStatus?: boolean;
};

/** All kinds that matter to verdicts, from a snapshot, a bundle or manifests; other objects are passed over. */
export function indexPolicies(given: readonly PolicyObject[], options: IndexOptions = {}): PolicySet {
  const byKind = storedByKind(given);
  const of = (kind: string): readonly PolicyObject[] => byKind.get(kind) ?? [];
  const settings = options.settings ?? settingsAmong(of('ConfigMap.'));
  const authentications = new Map(
    ['MeshTLSAuthentication', 'NetworkAuthentication'].flatMap((kind) =>
      of(`${kind}.policy.linkerd.io`).map((object) => [
        authenticationKey(kind, namespaceOf(object), object.metadata.name),
        object,
      ]),
    ),
  );
  const routes = ROUTE_KINDS.flatMap(of).map(toRoute);
  const policies = policiesByNamespace(of, routes);
  const mesh: Mesh = { settings, authentications, trustStatus: options.trustStatus ?? true };
  const { workloads, find } = indexWorkloads(byKind, settings);
  const services = new Map(of('Service.').map((object) => [`${namespaceOf(object)}/${object.metadata.name}`, object]));
  return {
    settings,
    workloads,
    find: (destination: Destination) => find(destination),
    portPolicy: remembered((workload, port) => portPolicy(workload, port, policies(workload.namespace), mesh)),
    egressNetworks: of('EgressNetwork.policy.linkerd.io').map(
      (object): EgressNetwork => toEgressNetwork(object, settings),
    ),
    egressRoutes: routes.filter(({ parents }) =>
      parents.some((parent) => refersTo(parent, 'policy.linkerd.io', 'EgressNetwork')),
    ),
    serviceAnnotations: (namespace, name) => services.get(`${namespace}/${name}`)?.metadata.annotations,
  };
}

/** What the API server would store of it, undefined = nothing. Two states of a mesh share most of their objects. */
export const storedForm = oncePer((given: PolicyObject): PolicyObject | undefined => {
  const object = withoutNulls(given);
  return misshapen(object).length === 0 ? object : undefined;
});

function storedByKind(given: readonly PolicyObject[]): ReadonlyMap<string, readonly PolicyObject[]> {
  const kinds = new Map<string, Map<string, PolicyObject>>();
  for (const one of given) {
    const object = storedForm(one);
    if (object === undefined) continue;
    const kind = groupKind(object);
    const named = kinds.get(kind) ?? new Map<string, PolicyObject>();
    // Of an object given twice the later counts.
    kinds.set(kind, named.set(`${namespaceOf(object)}/${object.metadata.name}`, object));
  }
  return new Map([...kinds].map(([kind, named]) => [kind, [...named.values()]]));
}

function policiesByNamespace(of: (kind: string) => readonly PolicyObject[], routes: readonly Route[]) {
  const grouped = (kind: string) => Map.groupBy(of(kind), namespaceOf);
  const servers = Map.groupBy(of('Server.policy.linkerd.io').map(toServer), ({ namespace }: Server) => namespace);
  const serverAuthorizations = grouped('ServerAuthorization.policy.linkerd.io');
  const authorizationPolicies = grouped('AuthorizationPolicy.policy.linkerd.io');
  const rateLimits = grouped('HTTPLocalRateLimitPolicy.policy.linkerd.io');
  const routesIn = Map.groupBy(routes, ({ ref }) => ref.namespace);
  return (namespace: string): NamespacePolicies => ({
    servers: servers.get(namespace) ?? [],
    serverAuthorizations: serverAuthorizations.get(namespace) ?? [],
    authorizationPolicies: authorizationPolicies.get(namespace) ?? [],
    rateLimits: rateLimits.get(namespace) ?? [],
    routes: routesIn.get(namespace) ?? [],
  });
}

function settingsAmong(configMaps: readonly PolicyObject[]): MeshSettings {
  const config = configMaps.find(({ metadata }) => metadata.name === 'linkerd-config');
  const values = (config?.data as { readonly values?: string } | undefined)?.values;
  return config && values !== undefined ? meshSettings(values, namespaceOf(config)) : DEFAULT_SETTINGS;
}

function remembered(work: (workload: Workload, port: number) => PortPolicy): PolicySet['portPolicy'] {
  const known = new Map<Workload, Map<number, PortPolicy>>();
  return (workload, port) => {
    const ports = known.get(workload) ?? new Map<number, PortPolicy>();
    const policy = ports.get(port) ?? work(workload, port);
    known.set(workload, ports.set(port, policy));
    return policy;
  };
}
