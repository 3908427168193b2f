import type { Callee, WorkloadRef } from '../../domain/observation.ts';
import type { TrafficLabels } from './labels.ts';
import type { Row } from './series.ts';

type Labels = Row['labels'];

/** The scraped pod's workload, or the pod itself where no known kind is told; none = another grouping has the row. */
export function ownWorkload(labels: Labels, names: TrafficLabels): WorkloadRef | undefined {
  const namespace = labels[names.namespace] ?? '';
  const pod = labels[names.pod];
  if (pod !== undefined) return { namespace, kind: 'Pod', name: pod };
  return workloadByKind(labels, names, '', namespace);
}

/** Whom an outbound row went to; none = another grouping has the row. */
export function calledEnd(labels: Labels, names: TrafficLabels): Callee | undefined {
  const namespace = labels.dst_namespace ?? '';
  if (labels.dst_external_workload !== undefined) {
    return { type: 'externalWorkload', namespace, name: labels.dst_external_workload };
  }
  if (labels.dst_pod !== undefined) return { type: 'workload', namespace, kind: 'Pod', name: labels.dst_pod };
  const workload = workloadByKind(labels, names, 'dst_', namespace);
  if (workload !== undefined) return { type: 'workload', ...workload };
  if (labels.target_ip === undefined) return undefined;
  // A mirrored Service answers through a gateway: no pod, but the Service is named.
  if (labels.dst_service !== undefined) return { type: 'service', namespace, name: labels.dst_service };
  return { type: 'external', address: labels.target_ip };
}

function workloadByKind(
  labels: Labels,
  names: TrafficLabels,
  prefix: string,
  namespace: string,
): WorkloadRef | undefined {
  for (const [label, kind] of Object.entries(names.workloadKinds)) {
    const name = labels[prefix + label];
    if (name !== undefined) return { namespace, kind, name };
  }
  return undefined;
}

export const portOf = (text: string | undefined): number => {
  const port = Number(text ?? '');
  return Number.isInteger(port) && port > 0 ? port : 0;
};
