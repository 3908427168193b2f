import { arrivalOf, notEnforced } from '../../linkerd/policy/arrival.ts';
import { authorize } from '../../linkerd/policy/authorize.ts';
import type { Call, Client } from '../../linkerd/policy/call.ts';
import { type Verdict, verdictOf } from '../../linkerd/policy/verdict.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { GateState } from '../gate-state.ts';
import type { JudgedChange } from '../rule.ts';
import type { CallEnds, Caller } from './call-ends.ts';
import type { Facts } from './call-facts.ts';
import { type CalledPort, type CalledPorts, isOutside } from './called-ports.ts';
import { frontMatters } from './fronts.ts';
import type { Outcome } from './judged-call.ts';
import { outgoing } from './outgoing.ts';
import { distinctAddresses, sampleAddresses } from './sample-addresses.ts';

/** Every way in which calls of an edge may come, judged on both sides. None: nobody calls any more, or nothing can be told. */
export function callOutcomes(judged: JudgedChange, ends: CallEnds, ports: CalledPorts, edge: Edge): Outcome[] {
  const callers = ends.callers(edge);
  if (isOutside(edge)) return outgoing(judged, callers, edge);
  return callers.flatMap((caller) => ports.of(edge).flatMap((called) => meeting(judged, edge, caller, called)));
}

function meeting(judged: JudgedChange, edge: Edge, caller: Caller, port: CalledPort): Outcome[] {
  const { before, after } = judged;
  const { called } = port;
  const recreated = caller.recreated || port.recreated;
  return factsOf(judged, caller, port).flatMap((facts) => {
    const first = callOf(edge, facts, caller.before, called);
    const told = judgeAt(before, called, first);
    const common = { facts, caller: caller.name, callee: called.name, before: told, recreated };
    if (port.after.length === 0) return [{ ...common, after: unanswered(edge), losesMTls: false }];
    const secure = edge.mTls && isMutual(first, called);
    return port.after.flatMap((pod) =>
      caller.after.map((client): Outcome => {
        const second = callOf(edge, facts, client, pod);
        return { ...common, after: judgeAt(after, pod, second), losesMTls: secure && !isMutual(second, pod) };
      }),
    );
  });
}

const callOf = ({ port }: Edge, { address, asked, ...spoken }: Facts, client: Client, pod: Workload): Call => ({
  ...asked.request,
  ...spoken,
  port,
  server: { namespace: pod.namespace, name: pod.name, kind: pod.kind },
  client: address === undefined ? client : { ...client, address },
});

/** Of pods that are only to be, the state knows none by their name. */
const judgeAt = ({ policies }: GateState, pod: Workload, call: Call): Verdict =>
  authorize({ ...policies, find: () => pod }, call);

function factsOf(judged: JudgedChange, caller: Caller, port: CalledPort): Facts[] {
  const { networks, asked, spoken } = port;
  const { clusterNetworks } = judged.before.policies.settings;
  const addresses = networks.length === 0 ? [undefined] : addressesOf(clusterNetworks, caller, port);
  const skipping = [caller.before, ...caller.after].some(({ skipOutboundPorts }) => skipOutboundPorts);
  const fronts = port.fronts.some((front) => skipping || frontMatters(judged, front)) ? port.fronts : [undefined];
  return addresses.flatMap((address) =>
    fronts.flatMap((service) =>
      spoken.flatMap((words) =>
        asked.map((request) => ({
          ...words,
          asked: request,
          ...(address === undefined ? {} : { address }),
          ...(service === undefined ? {} : { service }),
        })),
      ),
    ),
  );
}

function addressesOf(
  clusterNetworks: readonly string[],
  { addresses, before }: Caller,
  { networks, called }: CalledPort,
): readonly string[] {
  const others = addresses.filter((one) => !called.addresses.includes(one));
  const own = distinctAddresses(others, networks);
  return own.length > 0 ? own : sampleAddresses(networks, clusterNetworks, before.namespace !== undefined);
}

/** A proxy at either end, and neither passed by. What is not known is taken for no loss. */
const isMutual = (call: Call, pod: Workload): boolean =>
  notEnforced(call, pod) === undefined && arrivalOf(call, pod).tls !== false;

const unanswered = ({ to }: Edge): Verdict =>
  verdictOf('broken', `nobody would answer, for the change deletes ${to.name}`, { status: 'closed' });
