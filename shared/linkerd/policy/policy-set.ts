import type { Annotations } from './annotations.ts';
import type { Client, Destination } from './call.ts';
import type { EgressNetwork } from './egress-network.ts';
import type { MeshSettings } from './mesh-settings.ts';
import type { PortPolicy } from './port-policy.ts';
import type { Route } from './route.ts';
import type { Workload } from './workload.ts';

/** A cluster's policy, indexed once so that each call is cheap. */
export type PolicySet = {
  readonly settings: MeshSettings;
  /** Every workload known, pods and external workloads before templates. */
  readonly workloads: readonly Workload[];
  /** The workload a name or an address stands for. */
  readonly find: (destination: Destination) => Workload | undefined;
  /** What decides over a port, worked out when first asked for. */
  readonly portPolicy: (workload: Workload, port: number) => PortPolicy;
  readonly egressNetworks: readonly EgressNetwork[];
  /** Routes that hang on EgressNetworks. */
  readonly egressRoutes: readonly Route[];
  readonly serviceAnnotations: (namespace: string, name: string) => Annotations | undefined;
};

/** A workload as a caller. An address is given only when it has one: which of several it uses cannot be known. */
export function clientOf({ namespace, name, addresses, meshed, identity, ...workload }: Workload): Client {
  const [address, ...others] = addresses;
  return {
    namespace,
    name,
    ...(meshed !== undefined ? { meshed } : {}),
    ...(address !== undefined && others.length === 0 ? { address } : {}),
    ...(identity !== undefined ? { identity } : {}),
    skipOutboundPorts: workload.skipOutbound.map(([from, to]) => `${from}-${to}`).join(','),
    skipSubnets: workload.skipSubnets.join(','),
  };
}
