import type { Network } from '../../linkerd/policy/network.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import { hasPort } from '../../linkerd/policy/port-ranges.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { JudgedChange } from '../rule.ts';
import type { CallEnds } from './call-ends.ts';
import { type Asked, type Facts, networksOn, requestsFor, spokenOn } from './call-facts.ts';
import { type Front, frontsOf } from './fronts.ts';
import type { Succession } from './successions.ts';
import type { Touched } from './touched.ts';

/** Pods of a callee that policy treats alike on one port, before and after, with what may be said there. */
export type CalledPort = Pick<Succession, 'called' | 'after' | 'recreated'> & {
  readonly spoken: readonly Pick<Facts, 'protocol' | 'serverSpeaksFirst'>[];
  readonly asked: readonly Asked[];
  readonly networks: readonly Network[];
  readonly fronts: readonly Front[];
};

export type CalledPorts = {
  /** Whether other policy may decide over the called port, or over calls out of the cluster. */
  readonly isTouched: (edge: Edge, touched: Touched) => boolean;
  readonly of: (edge: Edge) => readonly CalledPort[];
};

/** What decides over the ports that are called, worked out once for all their callers. */
export function calledPorts(judged: JudgedChange, { pods }: CallEnds): CalledPorts {
  const { before, after } = judged;
  const policiesOn = ({ called, after: made }: Succession, port: number) => ({
    was: before.policies.portPolicy(called, port),
    will: made.map((one) => after.policies.portPolicy(one, port)),
  });
  const read = ({ to, port, unit }: Edge): CalledPort[] => {
    const distinct = new Map<string, CalledPort>();
    for (const one of pods(to.key)) {
      const { was, will } = policiesOn(one, port);
      const outline = [
        outlineOf(one.called, was, port),
        ...one.after.map((pod, i) => outlineOf(pod, will[i], port)),
      ].join();
      if (distinct.has(outline)) continue;
      const { called, after: made, recreated } = one;
      const asked = requestsFor([[was.routes, before] as const, ...will.map((one) => [one.routes, after] as const)]);
      const networks = networksOn([was, ...will]);
      distinct.set(outline, {
        called,
        after: made,
        recreated,
        spoken: spokenOn(unit, was, will),
        asked,
        networks,
        fronts: frontsOf(judged, called, port),
      });
    }
    return [...distinct.values()];
  };
  const isClaimed = ({ to, port }: Edge, touched: Touched): boolean =>
    pods(to.key).some((one) => {
      const { was, will } = policiesOn(one, port);
      return [was, ...will].some((policy) => claimsTouched(policy, touched));
    });
  const known = remembered(({ to, port, unit }) => `${to.key} ${port} ${unit}`, read);
  const claimed = remembered(({ to, port }) => `${to.key} ${port}`, isClaimed);
  return {
    of: known,
    isTouched: (edge, touched) => {
      const { egress, within } = touched;
      if (!isOutside(edge)) return within.has(namespaceIn(edge.to)) && claimed(edge, touched);
      return egress.has(namespaceIn(edge.from)) || egress.has(before.policies.settings.egressNamespace);
    },
  };
}

function namespaceIn({ name }: Edge['to']): string {
  const at = name.indexOf('/');
  return at < 0 ? name : name.slice(0, at);
}

export const isOutside = ({ to: { label } }: Edge): boolean => label === 'External' || label === 'EgressNetwork';

function remembered<Value, More extends unknown[]>(
  nameOf: (edge: Edge) => string,
  work: (edge: Edge, ...more: More) => Value,
): (edge: Edge, ...more: More) => Value {
  const known = new Map<string, Value>();
  return (edge, ...more) => {
    const name = nameOf(edge);
    const value = known.get(name) ?? work(edge, ...more);
    known.set(name, value);
    return value;
  };
}

const claimsTouched = ({ server, losers }: PortPolicy, { servers, namespaces }: Touched): boolean =>
  [...(server ? [server] : []), ...losers].some(
    ({ namespace, name }) => namespaces.has(namespace) || servers.has(`${namespace}/${name}`),
  );

/** All of a pod that verdicts on one port depend on, addresses and probes apart. */
const outlineOf = ({ meshed, skipInbound, identity }: Workload, policy: PortPolicy | undefined, port: number): string =>
  JSON.stringify([
    meshed,
    hasPort(skipInbound, port),
    identity,
    policy?.server?.name,
    policy?.losers.map(({ name }) => name),
    policy?.mode,
    policy?.protocol,
    policy?.opaqueToCallers,
  ]);
