import { contains, isLoopback, parseAddress, parseCidr } from './address.ts';
import type { Call, Client } from './call.ts';
import { hasPort, parsePortRanges } from './port-ranges.ts';
import type { Workload } from './workload.ts';

/** How a call reaches the server's proxy. `tls` undefined: it is not known whether the client is meshed. */
export type Arrival = {
  readonly tls: boolean | undefined;
  readonly identity: string | undefined;
  readonly address: string | undefined;
};

/**
 * Why the server's proxy never sees a call (reference 3.2); undefined when it does. The authorization `localhost`, which every
 * proxy adds, is for calls from the same pod only and so never decides.
 */
export function notEnforced({ client, port }: Call, workload: Workload): string | undefined {
  if (workload.meshed === false)
    return `${workload.namespace}/${workload.name} is not meshed: ${workload.unmeshedReason}`;
  if (hasPort(workload.skipInbound, port)) return `port ${port} is among the pod's skip-inbound-ports`;
  const address = client.address === undefined ? undefined : parseAddress(client.address);
  const self = client.namespace === workload.namespace && client.name === workload.name && workload.kind === 'Pod';
  if (self || (address && isLoopback(address)) || (client.address && workload.addresses.includes(client.address))) {
    return 'a call from inside the same pod does not pass its proxy';
  }
  return undefined;
}

/** The client has an identity only if its own proxy sends the call (reference 3.2). */
export function arrivalOf(call: Call, workload: Workload): Arrival {
  const { client } = call;
  const meshed = client.meshed ?? (client.identity === undefined ? undefined : true);
  const tls = meshed && !skipsProxy(client, call.service?.port ?? call.port, workload.addresses);
  return { tls, identity: tls === false ? undefined : client.identity, address: client.address };
}

/** iptables sees the port called, which is the Service's where there is one. */
export function skipsProxy(client: Client, port: number, addresses: readonly string[]): boolean {
  if (hasPort(parsePortRanges(client.skipOutboundPorts), port)) return true;
  const subnets = (client.skipSubnets ?? '').split(',').flatMap((cidr) => parseCidr(cidr.trim()) ?? []);
  const targets = addresses.flatMap((address) => parseAddress(address) ?? []);
  return subnets.some((subnet) => targets.some((target) => contains(subnet, target)));
}
