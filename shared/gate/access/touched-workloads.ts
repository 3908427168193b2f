import { oncePer } from '../../domain/once-per.ts';
import { alike } from '../../linkerd/explain/distinct-instances.ts';
import type { KnownWorkload, WorkloadName } from '../../linkerd/explain/known-workloads.ts';
import { workloadKey } from '../../linkerd/explain/observed.ts';
import { namespaceOf } from '../../linkerd/policy/policy-object.ts';
import { type Server, selectsWorkload, toServer } from '../../linkerd/policy/server.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { GateState } from '../gate-state.ts';
import type { JudgedChange } from '../rule.ts';
import { recreated } from './recreated.ts';
import { touchedNamespaces } from './touched-namespaces.ts';

/** A workload that a change may open or shut, on both sides; one instance of those that are alike. */
export type TouchedWorkload = WorkloadName & {
  /** Its key in the graph. */
  readonly key: string;
  /** Empty: there is none of it before. */
  readonly before: readonly Workload[];
  readonly after: readonly Workload[];
  /** Ports declared, claimed by a Server, or seen called. */
  readonly portsBefore: ReadonlySet<number>;
  readonly portsAfter: ReadonlySet<number>;
  /** It is so only once its pods are created again. */
  readonly onceRecreated: boolean;
};

/** Every workload there is after the change in the namespaces it touches. */
export const touchedWorkloads = oncePer((judged: JudgedChange): TouchedWorkload[] => {
  const { before, after, laid, baseline } = judged;
  const namespaces = touchedNamespaces(judged);
  const isTouched = ({ namespace }: WorkloadName) => namespaces === 'all' || namespaces.has(namespace);
  const known = new Map(before.workloads.filter(isTouched).map((workload) => [nameOf(workload), workload]));
  const seen = Map.groupBy(baseline.traffic.edges, ({ to }) => to.key);
  const [serversBefore, serversAfter] = [serversOf(before), serversOf(after)];
  return after.workloads.filter(isTouched).flatMap((workload) => {
    const { namespace, kind, name } = workload;
    const old = known.get(nameOf(workload));
    const key = workloadKey(baseline.cluster, workload);
    const called = (seen.get(key) ?? []).map(({ port }) => port);
    const ports = (one: KnownWorkload | undefined, instances: readonly Workload[], servers: ServersOf): Set<number> =>
      instances.length === 0
        ? new Set()
        : new Set([...(one?.ports ?? []), ...called, ...claimed(instances, servers(namespace))]);
    const touched = (then: readonly Workload[], now: readonly Workload[], onceRecreated: boolean): TouchedWorkload => {
      const [first, second] = [distinct(then), distinct(now)];
      const portsBefore = ports(old, first, serversBefore);
      const portsAfter = ports(workload, second, serversAfter);
      return { namespace, kind, name, key, before: first, after: second, portsBefore, portsAfter, onceRecreated };
    };
    const running = touched(old?.instances ?? [], workload.instances, false);
    const again = laid.given.has(`Namespace./-/${namespace}`) ? recreated(judged, workload) : undefined;
    return again ? [running, touched(again.before, again.after, true)] : [running];
  });
});

export const nameOf = ({ namespace, kind, name }: WorkloadName): string => `${namespace}/${kind}/${name}`;

const distinct = (instances: readonly Workload[]): Workload[] => alike(instances).flatMap(([first]) => first ?? []);

type ServersOf = (namespace: string) => readonly Server[];

function serversOf({ objects }: GateState): ServersOf {
  const byNamespace = Map.groupBy(
    objects.filter(({ kind }) => kind === 'Server'),
    namespaceOf,
  );
  const known = new Map<string, readonly Server[]>();
  return (namespace) => {
    const servers = known.get(namespace) ?? (byNamespace.get(namespace) ?? []).map(toServer);
    known.set(namespace, servers);
    return servers;
  };
}

const claimed = (instances: readonly Workload[], servers: readonly Server[]): number[] =>
  instances.flatMap((instance) =>
    servers
      .filter((server) => selectsWorkload(server, instance))
      .flatMap(({ port }) => (typeof port === 'number' ? [port] : (instance.namedPorts.get(port) ?? []))),
  );
