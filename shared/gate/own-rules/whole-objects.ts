import { soleOwner } from '../../kubernetes/owners.ts';
import { groupKind, namespaceOf, type PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { BaselineWorkload } from '../baseline.ts';
import type { JudgedChange } from '../rule.ts';

/** Kinds of the workloads a scan reads. */
const API_OF: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};

/** The objects of both sides with every workload among them: a graph tells of a workload, not of its object. */
export function wholeObjects({ baseline, laid }: JudgedChange): Record<'before' | 'after', readonly PolicyObject[]> {
  return {
    before: withWorkloads(baseline.objects, baseline.workloads),
    after: withWorkloads(
      laid.objects,
      baseline.workloads.filter((workload) => !laid.removed.has(keyOf(workload))),
    ),
  };
}

function withWorkloads(objects: readonly PolicyObject[], workloads: readonly BaselineWorkload[]): PolicyObject[] {
  const there = new Set(objects.map((object) => keyOf({ ...named(object), apiVersion: object.apiVersion })));
  const pods = new Map<string, PolicyObject>();
  for (const object of objects) {
    const owner = groupKind(object) === 'Pod.' ? soleOwner(object.metadata) : undefined;
    if (owner) pods.set(keyOf({ namespace: namespaceOf(object), kind: owner.kind, name: owner.name }), object);
  }
  const missing = workloads.filter((one) => one.kind in API_OF && !there.has(keyOf(one)));
  return [...objects, ...missing.map((one) => workloadObject(one, pods.get(keyOf(one))))];
}

/** What is known of a workload without its object: its labels, and of one of its pods the account and the pod's labels. */
function workloadObject(
  { namespace, kind, name, labels, annotations }: BaselineWorkload,
  pod?: PolicyObject,
): PolicyObject {
  const template = { metadata: { labels: pod?.metadata.labels ?? {} }, spec: pod?.spec ?? {} };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  return {
    apiVersion: API_OF[kind] ?? 'v1',
    kind,
    metadata: { name, namespace, labels: record(labels), annotations: record(annotations) },
    ...{ spec },
  };
}

const named = (object: PolicyObject) => ({
  namespace: namespaceOf(object),
  kind: object.kind,
  name: object.metadata.name,
});

/** As object-key.ts writes it. */
const keyOf = ({ namespace, kind, name, apiVersion = API_OF[kind] ?? '' }: WorkloadName): string =>
  `${groupKind({ apiVersion, kind })}/${namespace}/${name}`;

type WorkloadName = Pick<BaselineWorkload, 'namespace' | 'kind' | 'name'> & { readonly apiVersion?: string };

const record = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]));
