import type { PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { Workload } from '../linkerd/policy/workload.ts';

export type ServiceSpec = {
  readonly clusterIP?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string }[];
};

export const serviceSpec = ({ spec }: PolicyObject): ServiceSpec => (spec ?? {}) as ServiceSpec;

/** The ports of a Service that lead to one port of a workload it selects; none where it does not. */
export function servicePorts(service: PolicyObject, { labels, namedPorts }: Workload, called: number): number[] {
  const { selector = {}, ports = [] } = serviceSpec(service);
  const wanted = Object.entries(selector);
  if (wanted.length === 0 || !wanted.every(([name, value]) => labels.get(name) === value)) return [];
  return ports
    .filter(({ port, targetPort = port }) =>
      typeof targetPort === 'number' ? targetPort === called : namedPorts.get(targetPort)?.includes(called),
    )
    .map(({ port }) => port);
}
