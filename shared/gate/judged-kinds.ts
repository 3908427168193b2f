import { RESOURCES } from '../kubernetes/resources.ts';
import { podTemplate } from '../linkerd/policy/pod-workload.ts';
import { groupKind, type PolicyObject } from '../linkerd/policy/policy-object.ts';

/** Kinds that say nothing of who may call whom or holds which powers. */
const BESIDE = new Set(['ServiceProfile.linkerd.io', 'Link.multicluster.linkerd.io']);
const JUDGED = new Set(RESOURCES.map(({ kind, group }) => `${kind}.${group}`).filter((name) => !BESIDE.has(name)));

/** Whether the gate has something to say of an object: workloads of any kind, policy, routes, RBAC, Linkerd's own settings. */
export const isJudged = (object: PolicyObject): boolean =>
  JUDGED.has(groupKind(object)) || isSettings(object) || podTemplate(object) !== undefined;

const isSettings = (object: PolicyObject): boolean =>
  groupKind(object) === 'ConfigMap.' && object.metadata.name === 'linkerd-config';

/** `ConfigMap (2), Ingress` of the objects that are not judged; empty = all are. */
export function unjudgedKinds(objects: readonly PolicyObject[]): string {
  const kinds = Map.groupBy(
    objects.filter((object) => !isJudged(object)),
    ({ kind }) => kind,
  );
  return [...kinds].map(([kind, { length }]) => (length > 1 ? `${kind} (${length})` : kind)).join(', ');
}
