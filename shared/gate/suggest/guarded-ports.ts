import { alike } from '../../linkerd/explain/distinct-instances.ts';
import type { MeshState } from '../../linkerd/explain/mesh-state.ts';
import { notEnforced } from '../../linkerd/policy/arrival.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import type { Server } from '../../linkerd/policy/server.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import { type Callers, routeAdmits } from './admission-of.ts';
import { type PodGroup, podGroups } from './pod-groups.ts';
import { type SeenCaller, type SeenPort, together } from './seen-callers.ts';
import { seenWords } from './seen-words.ts';

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
type Part = SeenPort & { readonly server: Server | undefined; readonly pods: readonly Guarded[] };

/** Every port with calls that no Server guards yet, or only an open one. What a Server has of several workloads comes as one. */
export function guardedPorts(state: MeshState, seen: readonly SeenPort[], callers: Callers): GuardedPorts {
  const notes: string[] = [];
  const parts = seen.flatMap((one) => partsOf(state, one, notes));
  const isClosed = ({ server }: Part): boolean => server?.accessPolicy === 'deny';
  const open = parts
    .filter((part) => !isClosed(part))
    .map((part): Part => ({ ...part, callers: welcome(part, callers, notes) }))
    .filter((part) => part.callers.length > 0);
  const groups = podGroups([...new Set(open.map(({ callee }) => callee))], state.workloads, state.objects);
  const groupOf = ({ callee }: Part): PodGroup => groups.get(callee) as PodGroup;
  const targets = Map.groupBy(open, (part) => {
    const members = groupOf(part).workloads.map(({ namespace, kind, name }) => [namespace, kind, name]);
    return part.server ? `Server ${shown(part.server)}` : JSON.stringify([members, part.port]);
  });
  return {
    ports: [...targets.values()].map((same) => toPort(same as [Part, ...Part[]], groupOf)),
    closed: [...new Set(parts.filter(isClosed).flatMap(({ server }) => (server ? shown(server) : [])))],
    notes,
  };
}

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
    ...seen,
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

/** Those of the callers whom what decides now lets in as well: who was shut out since then is not to be let in again. */
function welcome({ callee, port, pods, callers: seen }: Part, callers: Callers, notes: string[]): SeenCaller[] {
  const mayCall = (caller: SeenCaller): boolean =>
    pods.some(
      ({ today }) =>
        callers.admitted(today.authorizations.valid, caller) !== false || routeAdmits(callers, today, caller),
    );
  return seen.filter((caller) => {
    if (mayCall(caller)) return true;
    const who = caller.identity ?? 'callers without identity';
    notes.push(
      `${who} called ${shown(callee)} port ${port} (${seenWords(caller)}) and would be denied now: not admitted`,
    );
    return false;
  });
}

function toPort(parts: readonly [Part, ...Part[]], groupOf: (part: Part) => PodGroup): GuardedPort {
  const [{ callee, port, server }] = parts;
  const callers = new Map<string | undefined, SeenCaller>();
  for (const caller of parts.flatMap((part) => part.callers)) {
    callers.set(caller.identity, together(callers.get(caller.identity), caller));
  }
  return {
    namespace: callee.namespace,
    open: server,
    group: groupOf(parts[0]),
    port,
    pods: parts.flatMap(({ pods }) => pods),
    callees: [...new Set(parts.map((part) => shown(part.callee)))].sort(),
    callers: [...callers.values()],
  };
}
