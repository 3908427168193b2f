import { oncePer } from '../../domain/once-per.ts';
import { namespaceOf } from '../../linkerd/policy/policy-object.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { JudgedChange } from '../rule.ts';
import { servicePorts, serviceSpec } from '../service-ports.ts';

/** A Service through which a port of pods may be called, and its own port. */
export type Front = { readonly namespace: string; readonly name: string; readonly port: number };

export const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

/** The Services in front of a port, before or after a change. Metrics of policy do not tell which a call went through. */
export function frontsOf(judged: JudgedChange, workload: Workload, called: number): Front[] {
  const { namespace, labels } = workload;
  const services = [...labels].flatMap(
    ([name, value]) => bySelector(judged).get(`${namespace}/${name}=${value}`) ?? [],
  );
  const fronts = services.flatMap((service) =>
    servicePorts(service, workload, called).map((port): Front => ({ namespace, name: service.metadata.name, port })),
  );
  return [...new Map(fronts.map((front) => [`${front.name}:${front.port}`, front])).values()];
}

/** By namespace and the first label they select by. */
const bySelector = oncePer(({ before, after }: JudgedChange) => {
  const services = new Set([...before.objects, ...after.objects].filter(({ kind }) => kind === 'Service'));
  return Map.groupBy(services, (service) => {
    const [[name, value] = []] = Object.entries(serviceSpec(service).selector ?? {});
    return `${namespaceOf(service)}/${name}=${value}`;
  });
});

/** Whether what a Service says or its port decides how a call travels (reference 4; iptables sees the port called). */
export function frontMatters({ before, after }: JudgedChange, { namespace, name }: Front): boolean {
  return [before, after].some(
    ({ policies }) => policies.serviceAnnotations(namespace, name)?.[OPAQUE_PORTS] !== undefined,
  );
}
