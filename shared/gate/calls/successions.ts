import { alike } from '../../linkerd/explain/distinct-instances.ts';
import type { KnownWorkload } from '../../linkerd/explain/known-workloads.ts';
import { workloadKey } from '../../linkerd/explain/observed.ts';
import { podTemplate } from '../../linkerd/policy/pod-workload.ts';
import { namespaceOf } from '../../linkerd/policy/policy-object.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import { recreated } from '../access/recreated.ts';
import type { JudgedChange } from '../rule.ts';

/** Pods alike before a change, and what stands in their place after it. */
export type Succession = {
  /** One of them as it is called, and as it calls: two, where there are two. */
  readonly called: Workload;
  readonly calling: Workload;
  /** Their addresses; pods made anew are taken to have such too. */
  readonly addresses: readonly string[];
  /** Themselves, or what their template makes, as it is called and as it calls; empty where the change deletes them. */
  readonly after: readonly Workload[];
  readonly callingAfter: readonly Workload[];
  /** They are so only once created again: what a Namespace says does nothing to running pods (reference 3.6). */
  readonly recreated: boolean;
};

/** The pods of workloads by key of the graph, before and after; none where nothing tells of them. */
export function successions(judged: JudgedChange): (key: string) => readonly Succession[] {
  const { baseline, before, after, laid } = judged;
  const byKey = (workloads: readonly KnownWorkload[]) =>
    new Map(workloads.map((one) => [workloadKey(baseline.cluster, one), one]));
  const [known, coming] = [byKey(before.workloads), byKey(after.workloads)];
  const found = new Map<string, readonly Succession[]>();
  const read = (key: string): readonly Succession[] => {
    const [old, next] = [known.get(key), coming.get(key)];
    if (old === undefined) return [];
    const namespace = laid.given.get(`Namespace./-/${old.namespace}`);
    const again = next && namespace?.fate === 'changed' ? recreated(judged, next) : undefined;
    return again ? createdAgain(old, again) : replaced(old.instances, next?.instances ?? []);
  };
  return (key) => {
    const told = found.get(key) ?? read(key);
    found.set(key, told);
    return told;
  };
}

function createdAgain({ instances }: KnownWorkload, { before, after }: NonNullable<ReturnType<typeof recreated>>) {
  const addresses = instances.flatMap((pod) => pod.addresses);
  return before.map((pod, i): Succession => {
    const made = after[i];
    const again = made ? [made] : [];
    return { called: pod, calling: pod, addresses, after: again, callingAfter: again, recreated: true };
  });
}

function replaced(before: readonly Workload[], after: readonly Workload[]): Succession[] {
  const kept = new Map(after.map((one) => [nameOf(one), one]));
  const made = alike(after).flatMap(([first]) => first ?? []);
  return alike(before).flatMap((pods) => {
    const same = pods.flatMap((pod) => kept.get(nameOf(pod)) ?? []);
    if (same.length < pods.length) return [successionOf(pods, made)];
    const byName = new Map(pods.map((pod) => [nameOf(pod), pod]));
    return alike(same).map((stay) =>
      successionOf(
        stay.flatMap((pod) => byName.get(nameOf(pod)) ?? []),
        stay.slice(0, 1),
        stay.slice(-1),
      ),
    );
  });
}

const nameOf = ({ kind, name }: Workload): string => `${kind}/${name}`;

const successionOf = (
  pods: readonly Workload[],
  after: readonly Workload[],
  callingAfter: readonly Workload[] = after,
): Succession => ({
  called: pods[0] as Workload,
  calling: pods.at(-1) as Workload,
  addresses: pods.flatMap(({ addresses }) => (addresses.length === 1 ? addresses : [])),
  after,
  callingAfter,
  recreated: false,
});

/** Pods of a workload that the change brings under the same name in another namespace: where one that it deletes goes. */
export function movedTo({ laid, after }: JudgedChange): (workload: string) => readonly Workload[] {
  const added = [...laid.given.values()]
    .filter(({ fate, placed }) => fate === 'added' && podTemplate(placed.object))
    .map(({ placed: { object } }) => ({ name: `${object.kind}/${object.metadata.name}`, object }));
  const byName = Map.groupBy(added, ({ name }) => name);
  return (workload) => {
    const [one, ...others] = byName.get(workload) ?? [];
    if (one === undefined || others.length > 0) return [];
    const { kind, metadata } = one.object;
    const pods = after.policies.find({ namespace: namespaceOf(one.object), kind, name: metadata.name });
    return pods ? [pods] : [];
  };
}
