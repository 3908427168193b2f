import { oncePer } from '../domain/once-per.ts';
import type { PodSpec } from '../kubernetes/pod-spec.ts';
import type { WorkloadName } from '../linkerd/explain/known-workloads.ts';
import { podTemplate } from '../linkerd/policy/pod-workload.ts';
import { namespaceOf, type PolicyObject } from '../linkerd/policy/policy-object.ts';

/** The spec of a Pod, or of the pods that a workload makes; undefined for what has no pods. */
export const podSpecOf = (object: PolicyObject): PodSpec | undefined =>
  object.kind === 'Pod' ? ((object.spec ?? {}) as PodSpec) : podTemplate(object)?.spec;

/** How a pod of that name, or what makes pods, is written: the one place that is looked up by name. */
export const podSpecs = oncePer((objects: readonly PolicyObject[]): ((name: WorkloadName) => PodSpec | undefined) => {
  const specs = new Map<string, PodSpec>();
  for (const object of objects) {
    const spec = podSpecOf(object);
    if (spec === undefined) continue;
    specs.set(nameOf({ namespace: namespaceOf(object), kind: object.kind, name: object.metadata.name }), spec);
  }
  return (name) => specs.get(nameOf(name));
});

const nameOf = ({ namespace, kind, name }: WorkloadName): string => `${kind}/${namespace}/${name}`;
