import { namespacedKey } from '../domain/keys.ts';
import type { Entity } from '../domain/observation.ts';
import { pickAnnotations } from './kept-annotations.ts';
import { createdAt, distinct, type KubernetesObject, known, type OwnerReference, pairs } from './kubernetes-object.ts';
import { soleOwner } from './owners.ts';
import { images, type PodTemplate, serviceAccountOf } from './pod-spec.ts';
import { INJECT_ANNOTATION } from './proxy.ts';
import type { Intake } from './snapshot.ts';

export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'CronJob'
  | 'Job';

type WorkloadSpec = {
  readonly replicas?: number;
  readonly parallelism?: number;
  readonly template?: PodTemplate;
  readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplate } };
};
type WorkloadStatus = {
  readonly readyReplicas?: number;
  readonly desiredNumberScheduled?: number;
  readonly numberReady?: number;
  readonly ready?: number;
};

export type WorkloadRow = {
  readonly namespace: string;
  readonly name: string;
  readonly owner: OwnerReference | undefined;
  /** Absent for a ReplicaSet or Job that belongs to something else: then it is no workload of its own. */
  readonly entity: Entity | undefined;
  readonly serviceAccount: string;
  /** Labels its pods get. */
  readonly podLabels: readonly string[];
  /** Keeps pods running, so a selector that matches the template matches the workload even at 0 replicas. */
  readonly standing: boolean;
};

/** The intake of one kind of pod owner. */
export function takeWorkload(kind: WorkloadKind): (object: KubernetesObject, intake: Intake) => WorkloadRow {
  const looksThrough = kind === 'ReplicaSet' || kind === 'Job';
  return (object, intake) => {
    const { name, namespace = '' } = object.metadata;
    const spec = (object.spec ?? {}) as WorkloadSpec;
    const template = (kind === 'CronJob' ? spec.jobTemplate?.spec?.template : spec.template) ?? {};
    const owner = looksThrough ? soleOwner(object.metadata) : undefined;
    return {
      namespace,
      name,
      owner,
      entity: owner ? undefined : workloadEntity(kind, object, template, intake),
      serviceAccount: serviceAccountOf(template.spec),
      podLabels: owner ? [] : pairs(template.metadata?.labels),
      standing: kind !== 'Job' && kind !== 'CronJob',
    };
  };
}

function workloadEntity(kind: WorkloadKind, object: KubernetesObject, template: PodTemplate, intake: Intake): Entity {
  const { metadata } = object;
  const { name, namespace = '' } = metadata;
  const annotations = { ...template.metadata?.annotations, ...metadata.annotations };
  const props = known({
    name,
    namespace,
    kind,
    labels: pairs({ ...template.metadata?.labels, ...metadata.labels }),
    annotations: pairs(pickAnnotations(annotations, intake.keepAnnotation)),
    ...replicas(kind, object),
    inject: template.metadata?.annotations?.[INJECT_ANNOTATION],
    images: distinct(images(template.spec)),
    createdAt: createdAt(metadata),
  });
  return { label: 'Workload', key: namespacedKey(intake.cluster, namespace, kind, name), family: 'workloads', props };
}

/** Desired and ready pods; a CronJob has none of its own. */
function replicas(kind: WorkloadKind, object: KubernetesObject): { replicas?: number; readyReplicas?: number } {
  const spec = (object.spec ?? {}) as WorkloadSpec;
  const status = (object.status ?? {}) as WorkloadStatus;
  if (kind === 'CronJob') return {};
  if (kind === 'DaemonSet')
    return { replicas: status.desiredNumberScheduled ?? 0, readyReplicas: status.numberReady ?? 0 };
  if (kind === 'Job') return { replicas: spec.parallelism ?? 1, readyReplicas: status.ready ?? 0 };
  return { replicas: spec.replicas ?? 1, readyReplicas: status.readyReplicas ?? 0 };
}
