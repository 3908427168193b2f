import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../shared/kubernetes/kubernetes-object.ts';
import { type RecordedList, recordedAnswers } from '../recorded-objects.ts';
import { policiesOf } from './grown-policies.ts';

/** How often the large recorded cluster's applications stand beside each other, and how many pods each workload has. */
export type ClusterScale = { readonly copies: number; readonly podsPerWorkload: number };

/** 10,044 pods, 2,068 Services, 2,153 workloads. */
export const FULL_CLUSTER: ClusterScale = { copies: 13, podsPerWorkload: 4 };
export const SMOKE_CLUSTER: ClusterScale = { copies: 1, podsPerWorkload: 1 };

/** Namespaces of the control plane and of Kubernetes: there is one of each. */
const ONCE = /^(linkerd|kube)-|^(linkerd|default)$/;

/**
 * The API answers of a cluster grown from the large recorded one: its application namespaces copied under new names with
 * all that lives in them, every workload with several pods, and every Deployment locked down with a Server, an
 * AuthorizationPolicy, a MeshTLSAuthentication of three clients and a RoleBinding. What trimming took out of the
 * recorded pods is put back by weight, so that pages are as long as a real API server's.
 */
export function grownCluster(scale: ClusterScale): Map<string, RecordedList> {
  const recorded = recordedAnswers('large');
  const grown = [...recorded].map(([name, list]): [string, RecordedList] => {
    if (list.items === undefined) return [name, list];
    const items = list.items.flatMap((item) => copiesOf(item, scale));
    return [
      name,
      { ...list, items: name === 'v1_pods' ? items.flatMap((pod, index) => replicasOf(pod, index, scale)) : items },
    ];
  });
  const answers = new Map(grown);
  for (const [name, items] of policiesOf(answers.get('apps_v1_deployments')?.items ?? [])) {
    answers.get(name)?.items.push(...items);
  }
  return answers;
}

function copiesOf(item: KubernetesObject, { copies }: ClusterScale): KubernetesObject[] {
  const { namespace = isNamespace(item) ? item.metadata.name : undefined } = item.metadata;
  if (namespace === undefined || ONCE.test(namespace)) return [item];
  const text = JSON.stringify(item);
  return Array.from({ length: copies }, (_, copy) => {
    if (copy === 0) return item;
    const renamed = text
      .replaceAll(`"namespace":"${namespace}"`, `"namespace":"${namespace}-${copy}"`)
      .replaceAll(`.${namespace}.`, `.${namespace}-${copy}.`);
    const object = JSON.parse(renamed) as KubernetesObject;
    return isNamespace(item) ? { ...object, metadata: { ...object.metadata, name: `${namespace}-${copy}` } } : object;
  });
}

const isNamespace = ({ metadata }: KubernetesObject): boolean =>
  metadata.namespace === undefined && metadata.labels?.['kubernetes.io/metadata.name'] === metadata.name;

function replicasOf(pod: KubernetesObject, index: number, { podsPerWorkload }: ClusterScale): KubernetesObject[] {
  if (ONCE.test(pod.metadata.namespace ?? '')) return [pod];
  return Array.from({ length: podsPerWorkload }, (_, replica) => {
    const address = index * podsPerWorkload + replica;
    const ip = `10.${100 + (address >> 16)}.${(address >> 8) & 255}.${address & 255}`;
    return {
      ...pod,
      metadata: { ...pod.metadata, name: `${pod.metadata.name}-${replica}`, managedFields: MANAGED_FIELDS },
      spec: { ...(pod.spec as object), ...ballast(pod) },
      status: { ...(pod.status as object), podIP: ip, podIPs: [{ ip }] },
    };
  });
}

/** The proxy container as Linkerd's injector writes it whole, in a place the reader does not look at. */
const PROXY_CONTAINER = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/kubernetes/inject/pod.nativesidecar.patch.json'), 'utf8'),
).at(-1).value;

const ballast = ({ spec }: KubernetesObject): object =>
  (spec as { initContainers?: unknown }).initContainers === undefined ? {} : { volumes: [PROXY_CONTAINER] };

/** As many bytes as the recorded pods' own managedFields had, 2.7 kB. */
const MANAGED_FIELDS = [
  {
    manager: 'kubelet',
    operation: 'Update',
    fieldsV1: Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`f:field-number-${i}`, { 'f:value': {} }])),
  },
];
