import { alike } from '../../linkerd/explain/distinct-instances.ts';
import type { MeshState } from '../../linkerd/explain/mesh-state.ts';
import { notEnforced } from '../../linkerd/policy/arrival.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import type { Server } from '../../linkerd/policy/server.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import { type PodGroup, podGroups } from './pod-groups.ts';
import { type SeenCaller, type SeenPort, together } from './seen-callers.ts';

/** One of some pods that are alike, and what decides over the port now. */
export type Guarded = { readonly pod: Workload; readonly today: PortPolicy };

/** What one Server is to guard. */
export type GuardedPort = {
  readonly namespace: string;
  /** The Server there is, which lets in more than its policies say; undefined = none has the port. */
  readonly open: Server | undefined;
  readonly group: PodGroup;
  readonly port: number;
  readonly pods: readonly Guarded[];
  readonly callees: readonly string[];
  readonly callers: readonly SeenCaller[];
};

export type GuardedPorts = {
  readonly ports: readonly GuardedPort[];
  /** Servers that deny what no policy admits already. */
  readonly closed: readonly string[];
  readonly notes: readonly string[];
};

/** Pods of one workload behind one Server, or behind none. */
type Part = { readonly seen: SeenPort; readonly server: Server | undefined; readonly pods: readonly Guarded[] };

/** Every port with calls that no Server guards yet, or only an open one. What a Server has of several workloads comes as one. */
export function guardedPorts(state: MeshState, seen: readonly SeenPort[]): GuardedPorts {
  const notes: string[] = [];
  const parts = seen.flatMap((one) => partsOf(state, one, notes));
  const isClosed = ({ server }: Part): boolean => server?.accessPolicy === 'deny';
  const open = parts.filter((part) => !isClosed(part));
  const groups = podGroups([...new Set(open.map((part) => part.seen.callee))], state.workloads, state.objects);
  const groupOf = ({ seen: { callee } }: Part): PodGroup => groups.get(callee) as PodGroup;
  const targets = Map.groupBy(open, (part) =>
    part.server ? serverName(part.server) : JSON.stringify([...groupOf(part).workloads.map(shown), part.seen.port]),
  );
  return {
    ports: [...targets.values()].map((same) => toPort(same as [Part, ...Part[]], groupOf)),
    closed: [...new Set(parts.filter(isClosed).flatMap(({ server }) => (server ? shown(server) : [])))],
    notes,
  };
}

const serverName = ({ namespace, name }: Server): string => `server ${namespace}/${name}`;
const shown = ({ namespace, name }: { namespace: string; name: string }): string => `${namespace}/${name}`;

function partsOf(state: MeshState, seen: SeenPort, notes: string[]): Part[] {
  const { callee, port } = seen;
  const pods: Guarded[] = [];
  for (const [pod] of alike(callee.instances) as readonly (readonly [Workload])[]) {
    const unjudged = whyUnjudged(pod, port);
    if (unjudged === undefined) pods.push({ pod, today: state.policies.portPolicy(pod, port) });
    else notes.push(`nothing is suggested for ${shown(callee)} port ${port}: ${unjudged}`);
  }
  const parts = [...Map.groupBy(pods, ({ today }) => today.server)].map(([server, same]) => ({
    seen,
    server,
    pods: same,
  }));
  if (parts.length < 2 || parts.every(({ server }) => server !== undefined)) return parts;
  notes.push(
    `nothing is suggested for those pods of ${shown(callee)} whose port ${port} no Server has: others of its pods have one`,
  );
  return parts.filter(({ server }) => server !== undefined);
}

function whyUnjudged(pod: Workload, port: number): string | undefined {
  if (pod.meshed === undefined)
    return `Namespace ${pod.namespace} is not known, so whether its pods are meshed is not either`;
  return notEnforced({ client: {}, server: pod, port, protocol: 'tcp' }, pod);
}

function toPort(parts: readonly [Part, ...Part[]], groupOf: (part: Part) => PodGroup): GuardedPort {
  const [{ seen, server }] = parts;
  const callers = new Map<string | undefined, SeenCaller>();
  for (const caller of parts.flatMap((part) => part.seen.callers)) {
    callers.set(caller.identity, together(callers.get(caller.identity), caller));
  }
  return {
    namespace: seen.callee.namespace,
    open: server,
    group: groupOf(parts[0]),
    port: seen.port,
    pods: parts.flatMap(({ pods }) => pods),
    callees: [...new Set(parts.map((part) => shown(part.seen.callee)))].sort(),
    callers: [...callers.values()],
  };
}
