import { settled } from '../../gate/object-key.ts';
import { soleOwner } from '../../kubernetes/owners.ts';
import { type PodSpec, serviceAccountOf } from '../../kubernetes/pod-spec.ts';
import { findProxy, INJECT_ANNOTATION } from '../../kubernetes/proxy.ts';
import { DEFAULT_SETTINGS } from '../../linkerd/policy/mesh-settings.ts';
import { podTemplate, templateWorkload } from '../../linkerd/policy/pod-workload.ts';
import { namespaceOf, type PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { OwnTest, TestedCall } from './own-test.ts';

/** Of the workloads that calls name and that are not among the objects. */
const USUAL_KIND = { apiVersion: 'apps/v1', kind: 'Deployment' };
const OWN_PODS: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
]);

/**
 * The objects of a test with what a cluster would have beside them: a Deployment for each workload that only calls name, a
 * Namespace with injection for each that none is given of, one running pod for each workload without pods, with a proxy
 * where the injector would have put one, and the ServiceAccounts of the pods.
 */
export function wholeMesh({ objects, calls }: OwnTest): PolicyObject[] {
  const given = objects.map((object) => settled(object as unknown as PolicyObject, 'default'));
  const workloads = given.filter(({ kind }) => OWN_PODS.has(kind));
  const known = new Set(given.map(named));
  const called = [...new Set(calls.flatMap(workloadsOf))]
    .filter(
      (name) => !given.some((one) => (OWN_PODS.has(one.kind) || one.kind === 'Pod') && named(one).endsWith(` ${name}`)),
    )
    .map((name) => ({ ...USUAL_KIND, metadata: placeOf(name) }));
  const all = [...given, ...called];
  const spaces = new Map(
    all.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata]),
  );
  const missing = new Set(all.flatMap(({ metadata }) => metadata.namespace ?? []).filter((name) => !spaces.has(name)));
  const namespaces = [...missing].map(meshedNamespace);
  for (const { metadata } of namespaces) spaces.set(metadata.name, metadata);
  const owned = new Set(given.filter(({ kind }) => kind === 'Pod').map((pod) => ownerOf(pod)));
  const pods = [...workloads, ...called]
    .filter((workload) => !owned.has(named(workload)))
    .map((workload) => runningPod(workload, spaces.get(namespaceOf(workload))));
  const accounts = [...given.filter(({ kind }) => kind === 'Pod'), ...pods].map(accountOf);
  const absent = new Map(accounts.filter((one) => !known.has(named(one))).map((one) => [named(one), one]));
  return [...all, ...namespaces, ...pods, ...absent.values()];
}

/** `Deployment shop/web`. */
const named = ({ kind, metadata }: PolicyObject): string => `${kind} ${metadata.namespace ?? '-'}/${metadata.name}`;

function ownerOf(pod: PolicyObject): string | undefined {
  const owner = soleOwner(pod.metadata);
  return owner && named({ apiVersion: '', kind: owner.kind, metadata: { ...pod.metadata, name: owner.name } });
}

const workloadsOf = ({ from, to }: TestedCall): string[] => [from, to].filter((end) => !/^(unmeshed$|\w+:)/.test(end));

function placeOf(name: string): { namespace: string; name: string } {
  const [namespace = '', own = ''] = name.split('/');
  return { namespace, name: own };
}

const meshedNamespace = (name: string): PolicyObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, annotations: { [INJECT_ANNOTATION]: 'enabled' } },
});

function runningPod(workload: PolicyObject, namespace: PolicyObject['metadata'] | undefined): PolicyObject {
  const { metadata = {}, spec } = podTemplate(workload) ?? {};
  const containers = spec?.containers ?? [{ name: 'app' }];
  const { apiVersion, kind } = workload;
  const { name } = workload.metadata;
  const meshed = templateWorkload(workload, DEFAULT_SETTINGS, namespace).meshed === true;
  const label = { 'linkerd.io/control-plane-ns': DEFAULT_SETTINGS.controlPlaneNamespace };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      name: `${name}-0`,
      namespace: namespaceOf(workload),
      labels: { ...metadata.labels, ...(meshed ? label : {}) },
      ownerReferences: [{ apiVersion, kind, name }],
    },
    ...{
      spec: { ...spec, containers: meshed ? [...containers, { name: 'linkerd-proxy' }] : containers },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    },
  };
}

const accountOf = (pod: PolicyObject): PolicyObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { namespace: namespaceOf(pod), name: serviceAccountOf(pod.spec as PodSpec | undefined) },
});

/** A workload that runs in a mesh, with the account and proxy of its pod. */
export type TestedWorkload = {
  readonly ref: { readonly namespace: string; readonly kind: string; readonly name: string };
  readonly account: string;
  readonly meshed: boolean;
};

/** The workloads of a whole mesh, by `namespace/name`. */
export const testedWorkloads = (mesh: readonly PolicyObject[]): ReadonlyMap<string, TestedWorkload> =>
  new Map(
    mesh
      .filter(({ kind }) => kind === 'Pod')
      .map((pod) => {
        const { kind, name } = soleOwner(pod.metadata) ?? { kind: 'Pod', name: pod.metadata.name };
        const namespace = namespaceOf(pod);
        const spec = pod.spec as PodSpec | undefined;
        const meshed = findProxy({ metadata: pod.metadata, spec }) !== undefined;
        return [`${namespace}/${name}`, { ref: { namespace, kind, name }, account: serviceAccountOf(spec), meshed }];
      }),
  );
