import { soleOwner } from '../kubernetes/owners.ts';
import { serviceAccountOf } from '../kubernetes/pod-spec.ts';
import { podTemplate } from '../linkerd/policy/pod-workload.ts';
import { groupKind, namespaceOf, type PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { BaselineWorkload } from './baseline.ts';
import type { Change, Placed } from './change.ts';
import { API_OF, withoutTemplates } from './named-workloads.ts';
import { objectKey, settled } from './object-key.ts';
import { removedObjects } from './removed-objects.ts';
import { saidBy, sameFields } from './same-fields.ts';

export type Fate = 'added' | 'changed' | 'unchanged';

/** The objects after a change, and what it does to each. */
export type LaidOver = {
  /** The objects before and after by key (object-key.ts). */
  readonly known: ReadonlyMap<string, PolicyObject>;
  readonly byKey: ReadonlyMap<string, PolicyObject>;
  readonly objects: readonly PolicyObject[];
  /** Objects of the change by key. */
  readonly given: ReadonlyMap<string, { readonly placed: Placed; readonly fate: Fate }>;
  readonly removed: ReadonlyMap<string, PolicyObject>;
  /** All that is not the same object before and after, as it was and as it will be. */
  readonly differing: readonly PolicyObject[];
};

/**
 * A change laid over the objects before it. What is replaced keeps its age, which decides between Servers (reference 3.3).
 * Where a pod template changes, or it is not known which one made the pods, the pods give way to what the template makes.
 */
export function layOver(
  before: readonly PolicyObject[],
  change: Change,
  workloads: readonly BaselineWorkload[] = [],
): LaidOver {
  const known = new Map(before.map((object) => [objectKey(object), object]));
  const named = withoutTemplates(workloads, known);
  const given = new Map<string, { placed: Placed; fate: Fate }>();
  for (const placed of change.manifests) {
    const object = settled(placed.object, change.namespace);
    const old = known.get(objectKey(object));
    const aged = withAgeOf(object, old);
    const fate = old ? fateOf(object, old) : named.has(objectKey(object)) ? 'changed' : 'added';
    given.set(objectKey(object), { placed: { ...placed, object: aged }, fate });
  }
  const removed = removedObjects(new Map([...known, ...named]), new Set(given.keys()), change);
  const rolled = new Set([...removed.keys(), ...rolledOut(given, known)]);
  const byKey = new Map(known);
  const concerned = new Set([...removed.keys(), ...ownedBy(rolled, known), ...given.keys()]);
  for (const key of concerned) byKey.delete(key);
  for (const [key, { placed, fate }] of given) byKey.set(key, after(placed, fate, known));
  const differing = [...concerned].flatMap((key) => {
    const [old, next] = [known.get(key), byKey.get(key)];
    return old === next ? [] : [old ?? [], next ?? []].flat();
  });
  return { known, byKey, objects: [...byKey.values()], given, removed, differing };
}

/** What does not change is told by the cluster: it has the defaults and the status the manifest leaves out. */
function after({ object }: Placed, fate: Fate, known: ReadonlyMap<string, PolicyObject>): PolicyObject {
  return fate === 'unchanged' ? (known.get(objectKey(object)) ?? object) : object;
}

const fateOf = (object: PolicyObject, old: PolicyObject): Fate =>
  changesNothing(object, old) ? 'unchanged' : 'changed';

/** The API server dates what it makes itself: what a manifest says of its age counts for nothing. */
function withAgeOf({ metadata, ...object }: PolicyObject, old: PolicyObject | undefined): PolicyObject {
  const { creationTimestamp: _, ...undated } = metadata;
  const { creationTimestamp } = old?.metadata ?? {};
  return { ...object, metadata: creationTimestamp === undefined ? undated : { ...undated, creationTimestamp } };
}

/**
 * Whether applying it does nothing. Of what makes pods the API server fills in much; of all else every field decides, for
 * what is left out of a policy is a default.
 */
function changesNothing(manifest: PolicyObject, stored: PolicyObject): boolean {
  if (manifest.apiVersion !== stored.apiVersion) return false;
  const [wanted, told] = [manifest, stored].map(({ metadata: { labels, annotations }, status, ...fields }) => {
    const { [LAST_APPLIED]: _, ...own } = annotations ?? {};
    return { ...fields, metadata: { labels, annotations: own } };
  });
  if (podTemplate(manifest) === undefined) return sameFields(wanted, told);
  if (!sameFields(manifest.metadata.labels, stored.metadata.labels)) return false;
  return saidBy(told, wanted) && makesSamePods(manifest, stored);
}

/** Kubernetes makes pods anew when their template changes, not for replicas or labels of the workload itself. */
const makesSamePods = (manifest: PolicyObject, stored: PolicyObject): boolean =>
  saidBy(podTemplate(stored), podTemplate(manifest)) && sameFields(meshFacts(manifest), meshFacts(stored));

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What of a pod template says who its pods are, what they may do and how they are meshed: here nothing may be missing either. */
function meshFacts(owner: PolicyObject) {
  const { metadata, spec } = podTemplate(owner) ?? {};
  const annotations = Object.entries(metadata?.annotations ?? {}).filter(([name]) => name.includes('linkerd.io/'));
  return {
    labels: metadata?.labels,
    annotations: Object.fromEntries(annotations),
    account: serviceAccountOf(spec),
    token: spec?.automountServiceAccountToken ?? null,
    hostNetwork: spec?.hostNetwork ?? false,
  };
}

/** Workloads of which all pods are made anew, as far as is known. */
const rolledOut = (given: LaidOver['given'], known: ReadonlyMap<string, PolicyObject>): string[] =>
  [...given].flatMap(([key, { placed }]) => {
    if (podTemplate(placed.object) === undefined) return [];
    const stored = known.get(key);
    return stored && makesSamePods(placed.object, stored) ? [] : [key];
  });

/** Keys of everything that the workloads named own, directly or over a ReplicaSet or Job. */
function ownedBy(owners: ReadonlySet<string>, objects: ReadonlyMap<string, PolicyObject>): string[] {
  if (owners.size === 0) return [];
  const owned = [...objects].filter(([, { metadata }]) => metadata.ownerReferences !== undefined);
  const byName = new Map(owned.flatMap(([, object]) => (object.kind === 'Pod' ? [] : [[nameOf(object), object]])));
  const doomed = (object: PolicyObject, depth = 0): boolean => {
    const owner = soleOwner(object.metadata);
    if (owner === undefined || depth > 3) return false;
    const namespace = namespaceOf(object);
    const apiVersion = owner.apiVersion ?? API_OF[owner.kind] ?? '';
    const key = `${groupKind({ apiVersion, kind: owner.kind })}/${namespace}/${owner.name}`;
    if (owners.has(key)) return true;
    const between = byName.get(`${owner.kind}/${namespace}/${owner.name}`);
    return between !== undefined && doomed(between, depth + 1);
  };
  return owned.flatMap(([key, object]) => (doomed(object) ? [key] : []));
}

const nameOf = (object: PolicyObject): string => `${object.kind}/${namespaceOf(object)}/${object.metadata.name}`;
