import { oncePer } from '../../domain/once-per.ts';
import { namespaceOf, type PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { JudgedChange } from '../rule.ts';

/** A Service through which a port of pods may be called, and its own port. */
export type Front = { readonly namespace: string; readonly name: string; readonly port: number };

export const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

type Spec = {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string }[];
};
const specOf = ({ spec }: PolicyObject): Spec => (spec ?? {}) as Spec;

/** The Services in front of a port, before or after a change. Metrics of policy do not tell which a call went through. */
export function frontsOf(judged: JudgedChange, { namespace, labels, namedPorts }: Workload, called: number): Front[] {
  const services = [...labels].flatMap(
    ([name, value]) => bySelector(judged).get(`${namespace}/${name}=${value}`) ?? [],
  );
  const fronts = services.flatMap((service): Front[] => {
    const { selector = {}, ports = [] } = specOf(service);
    if (!Object.entries(selector).every(([name, value]) => labels.get(name) === value)) return [];
    return ports
      .filter(({ port, targetPort = port }) =>
        typeof targetPort === 'number' ? targetPort === called : namedPorts.get(targetPort)?.includes(called),
      )
      .map(({ port }) => ({ namespace, name: service.metadata.name, port }));
  });
  return [...new Map(fronts.map((front) => [`${front.name}:${front.port}`, front])).values()];
}

/** By namespace and the first label they select by. */
const bySelector = oncePer(({ before, after }: JudgedChange) => {
  const services = new Set([...before.objects, ...after.objects].filter(({ kind }) => kind === 'Service'));
  return Map.groupBy(services, (service) => {
    const [[name, value] = []] = Object.entries(specOf(service).selector ?? {});
    return `${namespaceOf(service)}/${name}=${value}`;
  });
});

/** Whether what a Service says or its port decides how a call travels (reference 4; iptables sees the port called). */
export function frontMatters({ before, after }: JudgedChange, { namespace, name }: Front): boolean {
  return [before, after].some(
    ({ policies }) => policies.serviceAnnotations(namespace, name)?.[OPAQUE_PORTS] !== undefined,
  );
}
