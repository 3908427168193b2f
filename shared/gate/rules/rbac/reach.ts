import { namespacedKey } from '../../../domain/keys.ts';
import { oncePer } from '../../../domain/once-per.ts';
import { serviceAccountOf } from '../../../kubernetes/pod-spec.ts';
import { podTemplate } from '../../../linkerd/policy/pod-workload.ts';
import { namespaceOf, type PolicyObject } from '../../../linkerd/policy/policy-object.ts';
import { type Hop, hopsOf, waysTo } from '../../../questions/edges/hops.ts';
import type { JudgedChange } from '../../rule.ts';

/** How an exposed workload reaches what runs as a ServiceAccount (`namespace/name`): `shop/web → shop/api`. */
export type Reach = (account: string) => string | undefined;

/**
 * Ways of calls seen and let in from workloads the entity model calls exposed to those that run as a ServiceAccount, the
 * shortest each; an exposed workload reaches itself.
 */
export const reachOf = oncePer((judged: JudgedChange): Reach => {
  const { baseline, after } = judged;
  const exposed = [...after.facts].flatMap(([key, { exposure }]) => (exposure.length > 0 ? [key] : []));
  const ways = waysTo(exposed, hopsOf(baseline.traffic.edges).map(turned));
  const running = new Map<string, string[]>();
  const accounts = accountsByInstance(after.objects);
  for (const { namespace, kind, name, instances } of after.workloads) {
    const key = namespacedKey(baseline.cluster, namespace, kind, name);
    if (!ways.has(key)) continue;
    const owned = instances.flatMap((one) => accounts.get(`${one.kind}/${one.namespace}/${one.name}`) ?? []);
    for (const account of new Set(owned)) running.set(account, [...(running.get(account) ?? []), key]);
  }
  return (account) => {
    const reached = (running.get(account) ?? []).map((key) => ({ key, way: ways.get(key) ?? [] }));
    const [nearest] = reached.sort((a, b) => a.way.length - b.way.length || (a.key < b.key ? -1 : 1));
    return nearest && told(nearest.way, nearest.key);
  };
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

function accountsByInstance(objects: readonly PolicyObject[]): ReadonlyMap<string, string> {
  return new Map(
    objects.flatMap((object): [string, string][] => {
      const spec = object.kind === 'Pod' ? (object.spec ?? {}) : podTemplate(object)?.spec;
      if (spec === undefined) return [];
      const namespace = namespaceOf(object);
      return [[`${object.kind}/${namespace}/${object.metadata.name}`, `${namespace}/${serviceAccountOf(spec)}`]];
    }),
  );
}
