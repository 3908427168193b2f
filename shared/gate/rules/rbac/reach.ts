import { namespacedKey } from '../../../domain/keys.ts';
import { oncePer } from '../../../domain/once-per.ts';
import { serviceAccountOf } from '../../../kubernetes/pod-spec.ts';
import { type Hop, hopsOf, waysTo } from '../../../questions/edges/hops.ts';
import { podSpecs } from '../../pod-specs.ts';
import type { JudgedChange } from '../../rule.ts';

/** How an exposed workload reaches what runs as a ServiceAccount (`namespace/name`): `shop/web → shop/api`. */
export type Reach = (account: string) => string | undefined;

/**
 * Ways of calls seen and let in from workloads the entity model calls exposed to those that run as a ServiceAccount, the
 * shortest each; an exposed workload reaches itself.
 */
export const reachOf = oncePer((judged: JudgedChange): Reach => {
  const { baseline, after } = judged;
  const ways = exposedWays(judged);
  const running = new Map<string, string[]>();
  const specs = podSpecs(after.objects);
  for (const { namespace, kind, name, instances } of after.workloads) {
    const key = namespacedKey(baseline.cluster, namespace, kind, name);
    if (!ways.has(key)) continue;
    const owned = instances.flatMap((one) => specs(one) ?? []).map((spec) => `${namespace}/${serviceAccountOf(spec)}`);
    for (const account of new Set(owned)) running.set(account, [...(running.get(account) ?? []), key]);
  }
  return (account) => {
    const reached = (running.get(account) ?? []).map((key) => ({ key, way: ways.get(key) ?? [] }));
    const [nearest] = reached.sort((a, b) => a.way.length - b.way.length || (a.key < b.key ? -1 : 1));
    return nearest && told(nearest.way, nearest.key);
  };
});

/** How an exposed workload reaches the one of a key of the graph; undefined where none was seen to. */
export function wayTo(judged: JudgedChange, key: string): string | undefined {
  const way = exposedWays(judged).get(key);
  return way && told(way, key);
}

const exposedWays = oncePer(({ baseline, after }: JudgedChange) => {
  const exposed = [...after.facts].flatMap(([key, { exposure }]) => (exposure.length > 0 ? [key] : []));
  return waysTo(exposed, hopsOf(baseline.traffic.edges).map(turned));
});

/** The ways lead from what is reached to the exposed end, over hops that were turned round. */
const turned = (hop: Hop): Hop => ({ ...hop, from: hop.to, to: hop.from });

function told(way: readonly Hop[], key: string): string {
  if (way.length === 0)
    return key
      .split('/')
      .filter((_, part) => part === 1 || part === 3)
      .join('/');
  const back = way.toReversed();
  return [...back.map(({ to }) => to.name), way[0]?.from.name].join(' → ');
}
