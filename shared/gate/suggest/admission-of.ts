import type { KnownWorkload } from '../../linkerd/explain/known-workloads.ts';
import type { Arrival } from '../../linkerd/policy/arrival.ts';
import type { Authorization } from '../../linkerd/policy/authorization.ts';
import { type Holds, judge, matches } from '../../linkerd/policy/judge.ts';
import { EVERYWHERE, type Network, networksInWords } from '../../linkerd/policy/network.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import { byText } from './by-text.ts';
import type { SeenCaller } from './seen-callers.ts';

/** Whether authorizations take a caller; undefined where that hangs on an address nobody knows. */
export type Admits = (authorizations: readonly Authorization[], caller: SeenCaller) => Holds;

/** Looks callers up by the identity they show: the addresses of all pods that carry it. */
export function admission(workloads: readonly KnownWorkload[]): Admits {
  const pods = Map.groupBy(
    workloads.flatMap(({ instances }) => instances),
    ({ identity }) => identity,
  );
  return (authorizations, { identity }) => {
    const arrival: Arrival = { tls: identity !== undefined, identity, address: undefined };
    const anywhere = anyOf(authorizations, arrival);
    if (anywhere !== undefined || identity === undefined) return anywhere;
    // A pod with several addresses calls from any of them.
    const arrivals = (pods.get(identity) ?? []).flatMap(({ addresses }) =>
      addresses.map((address) => ({ ...arrival, address })),
    );
    const each = new Set(arrivals.map((one) => anyOf(authorizations, one)));
    return each.size === 1 ? [...each][0] : undefined;
  };
}

function anyOf(authorizations: readonly Authorization[], arrival: Arrival): Holds {
  const judged = authorizations.map((authorization) => matches(judge(authorization, arrival)));
  if (judged.includes(true)) return true;
  return judged.includes(undefined) ? undefined : false;
}

/** Whether a policy of a route takes the caller, or may: what of its requests is then not told by any count. */
export const routeAdmits = (admits: Admits, { routes }: PortPolicy, caller: SeenCaller): boolean =>
  routes.some(({ ref, authorizations }) => ref.kind !== 'default' && admits(authorizations.valid, caller) !== false);

/** Where callers without identity must have come from: what today's authorizations that ask for none take. */
export function openNetworks(policies: readonly PortPolicy[]): readonly Network[] {
  const networks = policies
    .flatMap(({ authorizations }) => authorizations.valid)
    .flatMap((one) => (one.authentication.kind === 'anyone' ? one.networks : []));
  const unlimited = EVERYWHERE.every(({ cidr }) =>
    networks.some((one) => one.cidr.text === cidr.text && one.except.length === 0),
  );
  const inWords = (network: Network): string => networksInWords([network]);
  const distinct = new Map(networks.map((network) => [inWords(network), network]));
  return unlimited ? EVERYWHERE : [...distinct.values()].sort(byText(inWords));
}
