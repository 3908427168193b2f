import type { Container } from '../../kubernetes/pod-spec.ts';

type HttpGet = { readonly path?: string; readonly port: number | string };
type Probe = { readonly httpGet?: HttpGet };
export type ProbedContainer = Container & {
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
};

/**
 * Paths by port of all httpGet probes, which need not be declared ports (oracle, "Confirmed"; policy-controller
 * inbound/workload.rs). A named port is looked for in the probe's own container; a query is no part of the path.
 */
export function httpProbes(containers: readonly ProbedContainer[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const container of containers) {
    for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
      const port = probe?.httpGet && probedPort(probe.httpGet.port, container);
      if (port === undefined) continue;
      const path = (probe?.httpGet?.path || '/').split(/[?#]/)[0] ?? '/';
      found.set(port, [...new Set([...(found.get(port) ?? []), path])]);
    }
  }
  return found;
}

function probedPort(port: number | string, container: ProbedContainer): number | undefined {
  if (typeof port === 'number') return port;
  const named = tcpPorts([container]).find(([name]) => name.toLowerCase() === port.toLowerCase());
  return named?.[1];
}

/** Named TCP ports of containers, init containers included by the caller (reference 3.3). */
export const tcpPorts = (containers: readonly Container[]): [name: string, port: number][] =>
  containers
    .flatMap(({ ports = [] }) => ports)
    .flatMap(({ name, containerPort, protocol = 'TCP' }) =>
      name !== undefined && protocol.toUpperCase() === 'TCP' ? [[name, containerPort]] : [],
    );
