import type { Metadata, OwnerReference } from './kubernetes-object.ts';

/** A workload by name; a bare pod owns itself and has no apiVersion here. */
export type Owner = OwnerReference;

/** An owned ReplicaSet or Job, by namespace/name: the two kinds that stand between a pod and its workload. */
export type Intermediates = {
  readonly replicaSets: ReadonlyMap<string, OwnerReference | undefined>;
  readonly jobs: ReadonlyMap<string, OwnerReference | undefined>;
};

/**
 * The one owner of an object. An object with several owners, and a pod owned by its Node (a static pod), stand for
 * themselves.
 */
export function soleOwner(metadata: Metadata): OwnerReference | undefined {
  const [owner, ...others] = metadata.ownerReferences ?? [];
  return others.length > 0 || owner?.kind === 'Node' ? undefined : owner;
}

/**
 * The workload a pod belongs to, by Linkerd's own rule (controller/k8s/api.go, GetOwnerKindAndName), so that the graph
 * and the proxies' metrics name the same thing: ReplicaSets and Jobs are looked through, any other owner, of whatever
 * kind, is the workload. `undefined` = the ReplicaSet or Job is not in the list, so nobody can say (a newer one, or one
 * just deleted).
 */
export function topOwner(
  pod: { readonly namespace: string; readonly name: string; readonly owner: OwnerReference | undefined },
  { replicaSets, jobs }: Intermediates,
): Owner | undefined {
  const { owner } = pod;
  if (!owner) return { kind: 'Pod', name: pod.name };
  const between = isOf(owner, 'apps', 'ReplicaSet') ? replicaSets : isOf(owner, 'batch', 'Job') ? jobs : undefined;
  if (!between) return owner;
  const id = `${pod.namespace}/${owner.name}`;
  return between.has(id) ? (between.get(id) ?? owner) : undefined;
}

/** Other groups have a Job too (Volcano's batch.volcano.sh). */
function isOf(owner: OwnerReference, group: string, kind: string): boolean {
  return owner.kind === kind && (owner.apiVersion ?? `${group}/v1`).startsWith(`${group}/`);
}
