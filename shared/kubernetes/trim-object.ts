import { POLICY_KINDS } from './families.ts';
import { type KeepAnnotation, pickAnnotations } from './kept-annotations.ts';
import type { KubernetesObject, Metadata } from './kubernetes-object.ts';
import { soleOwner } from './owners.ts';
import { type Fields, pickFields } from './pick-fields.ts';
import type { ResourceId } from './resources.ts';
import { trimPodSpec, trimPodStatus } from './trim-pod.ts';

/**
 * An object with only what meshgraph reads, for a bundle that leaves the cluster: no managedFields, no foreign
 * annotations, no environment of application containers. Policy objects keep their whole spec and status. What is made
 * of a trimmed object is what is made of the whole one.
 */
export function trimObject(id: ResourceId, object: KubernetesObject, keep: KeepAnnotation): KubernetesObject {
  const metadata = trimMetadata(object.metadata, keep);
  return { metadata, ...trimBody(id, object, keep) };
}

const WORKLOADS: ReadonlySet<string> = new Set([
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'replicasets.apps',
  'replicationcontrollers',
  'cronjobs.batch',
  'jobs.batch',
] satisfies ResourceId[]);
const POLICIES: ReadonlySet<string> = new Set(POLICY_KINDS);

function trimBody(id: ResourceId, object: KubernetesObject, keep: KeepAnnotation): Fields {
  if (POLICIES.has(id)) return pickFields(object, ['spec', 'status']);
  if (WORKLOADS.has(id)) return trimWorkload(object, keep);
  if (id === 'pods')
    return { spec: trimPodSpec(object.spec as Fields), status: trimPodStatus(object.status as Fields) };
  if (id === 'services') {
    return { spec: pickFields(object.spec, ['type', 'clusterIP', 'clusterIPs', 'externalName', 'selector', 'ports']) };
  }
  return pickFields(object, ['rules', 'aggregationRule', 'roleRef', 'subjects']);
}

function trimMetadata(metadata: Partial<Metadata>, keep: KeepAnnotation): Metadata {
  const { ownerReferences } = metadata;
  return {
    ...pickFields(metadata, ['name', 'namespace', 'labels', 'creationTimestamp']),
    annotations: pickAnnotations(metadata.annotations, keep),
    ...(ownerReferences && {
      ownerReferences: ownerReferences.map((o) => pickFields(o, ['apiVersion', 'kind', 'name'])),
    }),
  } as unknown as Metadata;
}

/** The template of a ReplicaSet or Job that has an owner is its owner's: old revisions are most of a cluster's text. */
function trimWorkload({ metadata, spec, status }: KubernetesObject, keep: KeepAnnotation): Fields {
  const { template, jobTemplate } = (spec ?? {}) as {
    template?: Fields;
    jobTemplate?: { spec?: { template?: Fields } };
  };
  const owned = soleOwner(metadata) !== undefined;
  const ownTemplate = (of: Fields) => ({
    metadata: trimMetadata((of.metadata ?? {}) as Partial<Metadata>, keep),
    spec: trimPodSpec(of.spec as Fields),
  });
  return {
    spec: {
      ...pickFields(spec, ['replicas', 'parallelism']),
      ...(template && !owned && { template: ownTemplate(template) }),
      ...(jobTemplate?.spec?.template && {
        jobTemplate: { spec: { template: ownTemplate(jobTemplate.spec.template) } },
      }),
    },
    status: pickFields(status, ['readyReplicas', 'desiredNumberScheduled', 'numberReady', 'ready']),
  };
}
