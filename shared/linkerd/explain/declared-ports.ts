import { declaredPorts, type PodSpec } from '../../kubernetes/pod-spec.ts';
import { podTemplate } from '../policy/pod-workload.ts';
import type { PolicyObject } from '../policy/policy-object.ts';

type ExternalPort = { readonly port: number; readonly protocol?: string };

/** The TCP ports a pod, template or ExternalWorkload declares, without those of Linkerd's own containers. */
export function declaredTcpPorts(object: PolicyObject): number[] {
  if (object.kind === 'ExternalWorkload') {
    const { ports = [] } = (object.spec ?? {}) as { readonly ports?: readonly ExternalPort[] };
    return ports.flatMap(({ port, protocol = 'TCP' }) => (protocol.toUpperCase() === 'TCP' ? [port] : []));
  }
  const spec = object.kind === 'Pod' ? (object.spec as PodSpec | undefined) : podTemplate(object)?.spec;
  return declaredPorts(spec).flatMap((text) => {
    const [, port, protocol] = /(\d+)\/(\w+)$/.exec(text) ?? [];
    return protocol?.toUpperCase() === 'TCP' ? [Number(port)] : [];
  });
}
