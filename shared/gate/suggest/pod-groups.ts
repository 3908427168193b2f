import type { LabelSelector } from '../../kubernetes/label-selector.ts';
import type { KnownWorkload } from '../../linkerd/explain/known-workloads.ts';
import { isOfTheWorkload, NAMING_LABELS } from '../../linkerd/explain/naming-labels.ts';
import { groupKind, type PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import { byText } from './by-text.ts';

/** Pods that one selector tells from all others of their namespace: of one workload, or of several with the same labels. */
export type PodGroup = {
  readonly workloads: readonly KnownWorkload[];
  /** Undefined where no label stays that tells them from the others. */
  readonly labels: Readonly<Record<string, string>> | undefined;
};

/** By selector and kind: a podSelector never selects an ExternalWorkload, nor the other way round. */
type Universe = {
  readonly ownerOf: ReadonlyMap<Workload, KnownWorkload>;
  readonly having: ReadonlyMap<string, ReadonlySet<Workload>>;
};

/**
 * The group each of `wanted` is in. `all` are the workloads of their namespaces; `manifests` theirs, for the selectors they
 * are written with.
 */
export function podGroups(
  wanted: readonly KnownWorkload[],
  all: readonly KnownWorkload[],
  manifests: readonly PolicyObject[],
): ReadonlyMap<KnownWorkload, PodGroup> {
  const universe = toUniverse(all);
  const written = new Map(
    manifests.map((object) => [nameOf(object.metadata.namespace, object.kind, object.metadata.name), object]),
  );
  const groups = new Map<KnownWorkload, PodGroup>();
  for (const workload of wanted.toSorted(byText(shown))) {
    if (groups.has(workload)) continue;
    const group = grown([workload], universe, written, groups);
    for (const member of group.workloads) groups.set(member, group);
  }
  return groups;
}

const nameOf = (namespace = 'default', kind: string, name: string): string => `${namespace}/${kind}/${name}`;
const shown = ({ namespace, kind, name }: KnownWorkload): string => nameOf(namespace, kind, name);

function toUniverse(all: readonly KnownWorkload[]): Universe {
  const ownerOf = new Map(all.flatMap((workload) => workload.instances.map((pod) => [pod, workload] as const)));
  const having = new Map<string, Set<Workload>>();
  for (const pod of ownerOf.keys()) {
    for (const [label, value] of pod.labels) {
      const pair = pairOf(pod, label, value);
      const known = having.get(pair);
      if (known) known.add(pod);
      else having.set(pair, new Set([pod]));
    }
  }
  return { ownerOf, having };
}

const pairOf = ({ namespace, kind }: Workload, label: string, value: string): string =>
  JSON.stringify([namespace, kind === 'ExternalWorkload', label, value]);

/** Takes in who cannot be told apart, until a selector takes the group and nobody else. */
function grown(
  members: readonly KnownWorkload[],
  universe: Universe,
  written: ReadonlyMap<string, PolicyObject>,
  groups: ReadonlyMap<KnownWorkload, PodGroup>,
): PodGroup {
  const workloads = [...new Set(members)].sort(byText(shown));
  const pods = workloads.flatMap(({ instances }) => instances);
  const common = commonLabels(pods);
  const candidates = [
    ...workloads.flatMap((one) => (workloads.length === 1 ? selectorOf(written.get(shown(one))) : [])),
    ...namings(common),
    common,
  ];
  const labels = candidates.find((candidate) => selected(candidate, pods, universe).size === pods.length);
  if (labels !== undefined || Object.keys(common).length === 0) return { workloads, labels };
  const like = [...selected(common, pods, universe)].flatMap((pod) => universe.ownerOf.get(pod) ?? []);
  const together = like.flatMap((workload) => groups.get(workload)?.workloads ?? [workload]);
  return grown([...workloads, ...together], universe, written, groups);
}

/** The pods a selector takes of the namespace of `pods`, these among them or not; none where it does not take all of these. */
function selected(
  labels: Readonly<Record<string, string>>,
  pods: readonly Workload[],
  { having }: Universe,
): Set<Workload> {
  const [sample] = pods;
  const [rarest, ...others] = Object.entries(labels)
    .flatMap(([label, value]) => (sample ? [having.get(pairOf(sample, label, value)) ?? new Set<Workload>()] : []))
    .sort((a, b) => a.size - b.size);
  const taken = new Set([...(rarest ?? [])].filter((pod) => others.every((set) => set.has(pod))));
  return pods.every((pod) => taken.has(pod)) ? taken : new Set();
}

/** Labels that all pods have and that will be those of the pods that follow them. */
function commonLabels(pods: readonly Workload[]): Record<string, string> {
  const [first, ...others] = pods;
  const stays = [...(first?.labels ?? [])].filter(
    ([label, value]) =>
      isOfTheWorkload(label) && !CHANGES.test(label) && others.every(({ labels }) => labels.get(label) === value),
  );
  return Object.fromEntries(stays.sort(byText(([label]) => label)));
}

/** What another release, node, zone or run has otherwise. */
const CHANGES =
  /^(version|release|chart|heritage|controller-uid|job-name|rollouts-pod-template-hash)$|^(app\.kubernetes\.io\/(version|managed-by)|helm\.sh\/chart)$|^(batch|topology)\.kubernetes\.io\//;

function namings(common: Readonly<Record<string, string>>): Record<string, string>[] {
  const named = NAMING_LABELS.flatMap((label) =>
    common[label] === undefined ? [] : [[label, common[label]] as const],
  );
  return named.length > 0 ? [...named.map((pair) => Object.fromEntries([pair])), Object.fromEntries(named)] : [];
}

/** The labels its own selector wants, which cannot change while it lives. */
function selectorOf(object: PolicyObject | undefined): Readonly<Record<string, string>>[] {
  if (object === undefined) return [];
  const { selector } = (object.spec ?? {}) as { readonly selector?: LabelSelector };
  const { matchLabels, matchExpressions = [] } = selector ?? {};
  const isWhole = groupKind(object).endsWith('.apps') && matchLabels !== undefined && matchExpressions.length === 0;
  return isWhole
    ? [Object.fromEntries(Object.entries(matchLabels).filter(([label]) => label !== 'pod-template-hash'))]
    : [];
}
