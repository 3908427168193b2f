import { namespaceOf, type PolicyObject } from '../linkerd/policy/policy-object.ts';
import type { Change } from './change.ts';
import { isClusterWide, objectKey, settled } from './object-key.ts';

type Objects = ReadonlyMap<string, PolicyObject>;

/** What a change deletes of the objects known, by key: what it lacks of what was there, and what goes with that. */
export function removedObjects(known: Objects, given: ReadonlySet<string>, change: Change): Map<string, PolicyObject> {
  const removed = new Map<string, PolicyObject>();
  for (const one of change.base) {
    const key = objectKey(settled(one, change.namespace));
    const stored = known.get(key);
    if (stored && !given.has(key)) removed.set(key, stored);
  }
  for (const [key, object] of missing(known, given, change)) removed.set(key, object);
  return withContents(removed, known);
}

/** What manifests that are the whole of a namespace or cluster do not hold. */
function missing(known: Objects, given: ReadonlySet<string>, { full }: Change): [string, PolicyObject][] {
  if (full === undefined) return [];
  const whole = new Set([...given].map((key) => key.split('/')[1]));
  const isWithin = (object: PolicyObject): boolean =>
    full === 'cluster' || (!isClusterWide(object) && whole.has(namespaceOf(object)));
  return [...known].filter(([key, object]) => !given.has(key) && isManaged(object) && isWithin(object));
}

/** A namespace takes along all that lives there, whoever made it. */
function withContents(removed: Objects, known: Objects): Map<string, PolicyObject> {
  const namespaces = new Set(
    [...removed.values()].flatMap((one) => (one.kind === 'Namespace' ? one.metadata.name : [])),
  );
  const contents = [...known].filter(([, one]) => !isClusterWide(one) && namespaces.has(namespaceOf(one)));
  return new Map([...removed, ...(namespaces.size > 0 ? contents : [])]);
}

/** What people write manifests of, and neither Kubernetes nor a controller makes. */
function isManaged(object: PolicyObject): boolean {
  const { name, ownerReferences = [] } = object.metadata;
  if (ownerReferences.length > 0) return false;
  if (object.kind === 'ServiceAccount' && name === 'default') return false;
  if (object.kind === 'Namespace' && /^(default|kube-(system|public|node-lease))$/.test(name)) return false;
  return !(isClusterWide(object) && /^(system:|eks:)/.test(name));
}
