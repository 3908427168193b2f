import { createdAt } from '../../kubernetes/kubernetes-object.ts';
import { type LabelSelector, type Labels, labelsOf, selects } from '../../kubernetes/label-selector.ts';
import { type Mode, parseMode } from './default-policy.ts';
import { byAge, namespaceOf, type PolicyObject, versionOf } from './policy-object.ts';
import type { Workload } from './workload.ts';

/** As Server.spec.proxyProtocol names them; `unknown` is detected. */
export type ProxyProtocol = 'unknown' | 'HTTP/1' | 'HTTP/2' | 'gRPC' | 'opaque' | 'TLS';

export type Server = {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly createdAt: number | undefined;
  readonly pods: LabelSelector | undefined;
  readonly externalWorkloads: LabelSelector | undefined;
  readonly port: number | string;
  readonly protocol: ProxyProtocol;
  readonly accessPolicy: Mode;
};

type Spec = {
  readonly podSelector?: LabelSelector;
  readonly externalWorkloadSelector?: LabelSelector;
  readonly port?: number | string;
  readonly proxyProtocol?: ProxyProtocol;
  readonly accessPolicy?: string;
};

/** Versions before v1beta3 have no accessPolicy: what is sent under them loses the field (oracle 14). */
export function toServer(object: PolicyObject): Server {
  const { podSelector, externalWorkloadSelector, port = '', proxyProtocol, accessPolicy } = (object.spec ?? {}) as Spec;
  const keepsAccessPolicy = versionOf(object.apiVersion) === 'v1beta3';
  return {
    namespace: namespaceOf(object),
    name: object.metadata.name,
    labels: labelsOf(Object.entries(object.metadata.labels ?? {}).map(([name, value]) => `${name}=${value}`)),
    createdAt: createdAt(object.metadata),
    pods: podSelector,
    externalWorkloads: externalWorkloadSelector,
    port,
    protocol: proxyProtocol ?? 'unknown',
    accessPolicy: (keepsAccessPolicy ? parseMode(accessPolicy) : undefined) ?? 'deny',
  };
}

/**
 * All Servers that claim a port of a workload, the one that counts first: the oldest, then by name (reference 3.3, oracle
 * 15). A named port is every TCP port of that name; a number need not be declared.
 */
export const claimants = (servers: readonly Server[], workload: Workload, port: number): Server[] =>
  servers.filter((server) => selectsWorkload(server, workload) && claims(server, workload, port)).sort(byAge);

export function selectsWorkload(server: Server, workload: Workload): boolean {
  const selector = workload.kind === 'ExternalWorkload' ? server.externalWorkloads : server.pods;
  return selector !== undefined && selects(selector, workload.labels);
}

const claims = (server: Server, workload: Workload, port: number): boolean =>
  typeof server.port === 'number' ? server.port === port : !!workload.namedPorts.get(server.port)?.includes(port);
