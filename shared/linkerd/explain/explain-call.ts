import type { Call, CallProtocol, Client, Destination } from '../policy/call.ts';
import { type Verdict, verdictOf } from '../policy/verdict.ts';
import type { Workload } from '../policy/workload.ts';
import { type AskedCall, readRequest } from './asked-call.ts';
import { assumeProtocol } from './assume-protocol.ts';
import { type Change, smallestChange } from './change/smallest-change.ts';
import { choosePorts } from './choose-ports.ts';
import { alike } from './distinct-instances.ts';
import { judgeInside } from './judge-inside.ts';
import type { MeshState } from './mesh-state.ts';
import { type Observed, observedOn, type Traffic } from './observed.ts';
import { clientsOf, type End } from './resolve-end.ts';

/** The verdict on one port, for all pods it holds for. */
export type Explained = Verdict & {
  readonly port: number;
  readonly protocol: CallProtocol;
  /** The pods it holds for, where pods of the two ends meet different verdicts; null = it holds for all. */
  readonly between: { readonly callers: readonly string[]; readonly callees: readonly string[] } | null;
  /** null = there is no graph to tell. */
  readonly observed: Observed | null;
  readonly change: Change | null;
};

type Judged = {
  readonly call: Call;
  readonly verdict: Verdict;
  readonly caller: string | null;
  readonly callees: readonly string[];
};

/** Would `from` be let through to `to`, port by port, by which policy, and what would turn it. */
export function explainCall(state: MeshState, from: End, to: End, asked: AskedCall, traffic?: Traffic): Explained[] {
  const request = readRequest(asked);
  return choosePorts(state, to, asked.port).flatMap((port) => {
    const observed = traffic ? observedOn(traffic, from, port) : null;
    const judged = judgedCalls(state, from, to, { ...request, port }, asked.protocol);
    if (judged === undefined) return [{ ...nobodyThere(state, from, to, port), observed }];
    const groups = [
      ...Map.groupBy(judged, ({ verdict }) => JSON.stringify({ ...verdict, failed: [], notes: [] })).values(),
    ];
    return groups.map((group): Explained => {
      const { call, verdict } = group[0] as Judged;
      return {
        ...unreadOr(state, verdict),
        port,
        protocol: call.protocol,
        between: groups.length === 1 ? null : namesOf(group),
        observed,
        change: state.unread.length > 0 ? null : smallestChange(state, call, verdict),
      };
    });
  });
}

function judgedCalls(
  state: MeshState,
  from: End,
  to: End,
  request: Omit<Call, 'client' | 'server' | 'protocol'>,
  protocol: CallProtocol | undefined,
): readonly Judged[] | undefined {
  const clients = clientsOf(from);
  const servers = serversOf(to);
  if (clients.length === 0 || servers.length === 0) return undefined;
  return servers.flatMap(({ server, instance, names }) => {
    const assumed = instance && assumeProtocol(state.policies.portPolicy(instance, request.port));
    const spoken = protocol ?? assumed?.protocol ?? 'http';
    const why = protocol === undefined && assumed?.why ? [assumed.why] : [];
    return othersThan(names, clients).map(({ name, client }) => {
      const call: Call = { ...request, client, server, protocol: spoken };
      const verdict = judgeInside(state.policies, call);
      return {
        call,
        verdict: { ...verdict, notes: [...verdict.notes, ...why] },
        caller: name,
        callees: names,
      };
    });
  });
}

type Server = { readonly server: Destination; readonly instance?: Workload; readonly names: readonly string[] };

function serversOf({ workload, address, shown }: End): readonly Server[] {
  if (workload === undefined) return address === undefined ? [] : [{ server: { address }, names: [shown] }];
  return alike(workload.instances).map((pods) => {
    const { namespace, name, kind } = pods[0] as Workload;
    return { server: { namespace, name, kind }, instance: pods[0] as Workload, names: pods.map((pod) => pod.name) };
  });
}

/** What a pod calls of itself passes no proxy; that is told only where it has nobody else to call. */
function othersThan([judged]: readonly string[], clients: readonly { name: string | null; client: Client }[]) {
  const others = clients.filter(({ name }) => name !== judged);
  return others.length > 0 ? others : clients;
}

function namesOf(group: readonly Judged[]) {
  const callers = group.flatMap(({ caller }) => caller ?? []);
  return { callers: [...new Set(callers)], callees: [...new Set(group.map((one) => one.callees))].flat() };
}

function nobodyThere(state: MeshState, from: End, to: End, port: number): Omit<Explained, 'observed'> {
  const end = serversOf(to).length === 0 ? to : from;
  const reason = `${state.source} knows no pod of ${end.shown}, nor what its pods would be`;
  const verdict = verdictOf('unknown', reason, { missing: [end === to ? 'server' : 'client'] });
  return { ...verdict, port, protocol: 'http', between: null, change: null };
}

/** What could not be read may hold anything. */
function unreadOr({ unread }: MeshState, verdict: Verdict): Verdict {
  if (unread.length === 0 || verdict.verdict === 'not-enforced') return verdict;
  return verdictOf('unknown', `these kinds could not be read: ${unread.join(', ')}`, {
    missing: unread,
    notes: verdict.notes,
  });
}
