import type { WorkloadName } from '../../linkerd/explain/known-workloads.ts';
import { podTemplate } from '../../linkerd/policy/pod-workload.ts';
import type { JudgedChange, Place } from '../rule.ts';
import { podPlaces } from './touched-places.ts';

/** Where the manifest of a workload declares a port; its containers, where none declares it. */
export function declaredPortPlaces(judged: JudgedChange, workload: WorkloadName, port: number | undefined): Place[] {
  const [manifest] = podPlaces(judged, workload, 'spec');
  const object = manifest && judged.laid.given.get(manifest.key)?.placed.object;
  const containers = (object && podTemplate(object)?.spec?.containers) ?? [];
  const [declared] = containers.flatMap(({ ports = [] }, i) =>
    ports.flatMap(({ containerPort }, j) => (containerPort === port ? [`spec.containers[${i}].ports[${j}]`] : [])),
  );
  return podPlaces(judged, workload, declared ?? 'spec.containers');
}
