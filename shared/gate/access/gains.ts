import type { GuardedRoute, PortPolicy } from '../../linkerd/policy/port-policy.ts';
import type { GateState } from '../gate-state.ts';
import { type Door, isUnguarded, type Knocked, knock } from './door.ts';
import { type Proof, type SampleCaller, sampleCallers } from './sample-callers.ts';
import { type SampleRequest, sampleRequests } from './sample-requests.ts';
import { whoNames } from './who-names.ts';
import { widestCallers } from './widest-callers.ts';

/** A class of callers that passes after and did not before. */
export type Gain = {
  readonly who: string;
  readonly proof: Proof;
  /** What it may ask for, in words; empty = whatever the port answers. */
  readonly requests: readonly string[];
  /** One caller of it, and what lets it in. */
  readonly sample: SampleCaller;
  readonly admitted: Knocked;
};

type Sides = {
  readonly before: GateState;
  readonly after: GateState;
  /** The workload an identity is called by. */
  readonly carrierOf: (identity: string) => string | undefined;
};
type Doors = { readonly before: readonly Door[]; readonly after: readonly Door[] };

/**
 * Who gains at one port. A sample gains when some instance lets it in after the change and none did before. Bytes gain only
 * where they were refused before, not where nobody understood them.
 */
export function gainsAt(doors: Doors, sides: Sides): Gain[] {
  const { before, after } = sides;
  const policies = (side: readonly Door[]): PortPolicy[] =>
    side.flatMap((door) => (isUnguarded(door) ? [] : [door.policy]));
  const [then, now] = [policies(doors.before), policies(doors.after)];
  const callers = sampleCallers(then, now, after.policies.settings);
  const requests = [...sampleRequests(routesOf(then), before), ...sampleRequests(routesOf(now), after)];
  const gains = new Map<string, Gain & { readonly requests: string[] }>();
  const inAll = new Set<string>();
  for (const sample of distinct(requests)) {
    for (const gain of gainsOf(sample, doors, callers, sides)) {
      const known = gains.get(gain.who) ?? { ...gain, requests: [] };
      if (sample.shown === undefined) inAll.add(gain.who);
      else known.requests.push(sample.shown);
      gains.set(gain.who, known);
    }
  }
  return [...gains.values()].map((gain) => ({
    ...gain,
    requests: inAll.has(gain.who) ? [] : [...new Set(gain.requests)],
  }));
}

function gainsOf(
  sample: SampleRequest,
  doors: Doors,
  callers: readonly SampleCaller[],
  { after: { policies }, carrierOf }: Sides,
): Omit<Gain, 'requests'>[] {
  const admitted = new Map<SampleCaller, Knocked>();
  for (const caller of callers) {
    const passing = firstPassing(doors.after, caller, sample);
    if (passing === undefined) continue;
    const then = doors.before.map((door) => knock(door, caller.arrival, sample).outcome);
    const comparable = !sample.raw || then.length === 0 || then.includes('denied');
    if (comparable && !then.includes('passes')) admitted.set(caller, passing);
  }
  const gaining = [...admitted.keys()];
  return widestCallers(gaining, policies.settings.clusterNetworks).flatMap((group) => {
    const caller = gaining.find(({ proof, scope }) => proof === group.proof && group.scopes.includes(scope));
    const knocked = caller && admitted.get(caller);
    return knocked
      ? whoNames(group, carrierOf).map((who) => ({ who, proof: group.proof, sample: caller, admitted: knocked }))
      : [];
  });
}

function firstPassing(doors: readonly Door[], { arrival }: SampleCaller, sample: SampleRequest): Knocked | undefined {
  for (const door of doors) {
    const knocked = knock(door, arrival, sample);
    if (knocked.outcome === 'passes') return knocked;
  }
  return undefined;
}

const routesOf = (policies: readonly PortPolicy[]): GuardedRoute[] =>
  policies.flatMap(({ routes }) => routes.filter(({ ref }) => ref.kind !== 'default'));

const distinct = (requests: readonly SampleRequest[]): SampleRequest[] => [
  ...new Map(requests.map((one) => [JSON.stringify(one), one])).values(),
];
