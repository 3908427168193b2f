import { oncePer } from '../../domain/once-per.ts';
import type { Verdict } from '../../linkerd/policy/verdict.ts';
import { touchedPolicy } from '../calls/touched-policy.ts';
import type { JudgedChange } from '../rule.ts';
import { sameFields } from '../same-fields.ts';
import { stateIndex } from '../state-index.ts';
import type { Block, EgressSample } from './egress-samples.ts';
import { namespaceWays } from './namespace-ways.ts';

/** What the meshed workloads of namespaces may call outside the cluster after a change, and could not before. */
export type EgressWay = {
  readonly namespaces: readonly string[];
  readonly block: Block;
  /** Blocks within it that stay shut. */
  readonly except: readonly string[];
  /** undefined = every port. */
  readonly port: number | undefined;
  /** What may be asked for there; empty = anything. */
  readonly samples: readonly EgressSample[];
  /** One of the calls, before and after. */
  readonly before: Verdict;
  readonly after: Verdict;
};

/** By classes of addresses, ports and requests that EgressNetworks and their routes tell apart; the widest only. */
export const egressWays = oncePer((judged: JudgedChange): EgressWay[] => {
  const { before, after } = judged;
  // Where no EgressNetwork is, nothing was denied.
  if (before.policies.egressNetworks.length === 0) return [];
  const ways = touchedNamespaces(judged).flatMap((namespace) =>
    namespaceWays(before, after, namespace).map((way) => ({ namespace, way })),
  );
  const alike = Map.groupBy(ways, ({ way: { block, except, port, samples, before: was, after: is } }) =>
    JSON.stringify([block.text, except, port, samples.map(({ shown }) => shown), was.server, is.server, is.route]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first.way, namespaces: group.map(({ namespace }) => namespace).sort() }] : [];
  });
});

/** Namespaces with meshed workloads whose calls out of the cluster meet something else after the change. */
function touchedNamespaces({ before, after, laid }: JudgedChange): string[] {
  const { egress } = touchedPolicy(laid.differing, (kind) => [
    ...stateIndex(before).of(kind),
    ...stateIndex(after).of(kind),
  ]);
  const [was, is] = [before.policies.settings, after.policies.settings];
  const all = !sameFields(was, is) || egress.has(was.egressNamespace);
  const meshed = after.workloads.filter(({ instances }) => instances.some((one) => one.meshed !== false));
  const known = new Set(meshed.map(({ namespace }) => namespace));
  return [...known].filter((namespace) => all || egress.has(namespace)).sort();
}
