import type { KnownWorkload } from '../../linkerd/explain/known-workloads.ts';
import { contains, parseAddress, parseCidr } from '../../linkerd/policy/address.ts';
import type { Arrival } from '../../linkerd/policy/arrival.ts';
import type { Authorization } from '../../linkerd/policy/authorization.ts';
import { type Holds, judge, matches } from '../../linkerd/policy/judge.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import type { SeenCaller } from './seen-callers.ts';

/** What can be asked of callers, who are looked up by the identity they show: all pods that carry it. */
export type Callers = {
  /** Whether authorizations take a caller; undefined where that hangs on an address nobody knows. */
  readonly admitted: (authorizations: readonly Authorization[], caller: SeenCaller) => Holds;
  /** Those of the networks that callers are in, or all where the address of one is not known. */
  readonly networksOf: (callers: readonly SeenCaller[], networks: readonly string[]) => readonly string[];
};

export function knownCallers(workloads: readonly KnownWorkload[]): Callers {
  const pods = Map.groupBy(
    workloads.flatMap(({ instances }) => instances),
    ({ identity }) => identity,
  );
  const addressesOf = ({ identity }: SeenCaller) =>
    (identity === undefined ? [] : (pods.get(identity) ?? [])).map(({ addresses }) => addresses);
  return {
    admitted: (authorizations, caller) => {
      const { identity } = caller;
      const arrival: Arrival = { tls: identity !== undefined, identity, address: undefined };
      const anywhere = anyOf(authorizations, arrival);
      if (anywhere !== undefined) return anywhere;
      // A pod with several addresses calls from any of them.
      const each = addressesOf(caller)
        .flat()
        .map((address) => anyOf(authorizations, { ...arrival, address }));
      return new Set(each).size === 1 ? each[0] : undefined;
    },
    networksOf: (callers, networks) => {
      const known = callers.map(addressesOf);
      if (known.some((all) => all.length === 0 || all.some((one) => one.length === 0))) return networks;
      const addresses = known.flat(2).flatMap((address) => parseAddress(address) ?? []);
      return networks.filter((text) => {
        const cidr = parseCidr(text);
        return cidr !== undefined && addresses.some((address) => contains(cidr, address));
      });
    },
  };
}

function anyOf(authorizations: readonly Authorization[], arrival: Arrival): Holds {
  const judged = authorizations.map((authorization) => matches(judge(authorization, arrival)));
  if (judged.includes(true)) return true;
  return judged.includes(undefined) ? undefined : false;
}

/** Whether a policy of a route takes the caller, or may: which of its requests that is, no count tells. */
export const routeAdmits = ({ admitted }: Callers, { routes }: PortPolicy, caller: SeenCaller): boolean =>
  routes.some(({ ref, authorizations }) => ref.kind !== 'default' && admitted(authorizations.valid, caller) !== false);
