import { oncePer } from '../../domain/once-per.ts';
import { INJECT_ANNOTATION } from '../../kubernetes/proxy.ts';
import type { WorkloadName } from '../../linkerd/explain/known-workloads.ts';
import { namespaceOf } from '../../linkerd/policy/policy-object.ts';
import type { JudgedChange, Place } from '../rule.ts';
import { annotationField, podField } from './pod-field.ts';
import { nameOf } from './touched-workloads.ts';

/** Of places in order of likelihood those that the change writes or deletes; all of them where it touches none. */
export function touchedPlaces({ laid }: JudgedChange, places: readonly Place[]): Place[] {
  const distinct = [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
  const touched = distinct.filter(({ key }) => {
    const given = laid.given.get(key);
    return laid.removed.has(key) || (given !== undefined && given.fate !== 'unchanged');
  });
  return touched.length > 0 ? touched : distinct;
}

type Written = { readonly key: string; readonly kind: string };

const manifests = oncePer(({ laid }: JudgedChange): ReadonlyMap<string, Written> => {
  const entries = [...laid.given].map(([key, { placed }]): [string, Written] => {
    const { kind, metadata } = placed.object;
    return [nameOf({ namespace: namespaceOf(placed.object), kind, name: metadata.name }), { key, kind }];
  });
  return new Map(entries);
});

/** A field of a workload's pods in the manifest the change has of it; nothing where it has none. */
export function podPlaces(judged: JudgedChange, workload: WorkloadName, field: string): Place[] {
  const manifest = manifests(judged).get(nameOf(workload));
  return manifest ? [{ key: manifest.key, field: podField(manifest, field) }] : [];
}

/** An annotation of Linkerd: on the pods of a workload, or on the Namespace they have it from. */
export const annotationPlaces = (judged: JudgedChange, workload: WorkloadName, name: string): Place[] => [
  ...podPlaces(judged, workload, annotationField(name)),
  { key: `Namespace./-/${workload.namespace}`, field: annotationField(name) },
];

/** What keeps a workload out of the mesh, by the reason its instance tells (shared/kubernetes/proxy.ts). */
export function unmeshedPlaces(judged: JudgedChange, workload: WorkloadName, reason: string | undefined): Place[] {
  const namespace = `Namespace./-/${workload.namespace}`;
  if (reason === 'host network') return podPlaces(judged, workload, 'spec.hostNetwork');
  if (reason === 'webhooks disabled in namespace') {
    return [{ key: namespace, field: 'metadata.labels["config.linkerd.io/admission-webhooks"]' }];
  }
  return annotationPlaces(judged, workload, INJECT_ANNOTATION);
}
