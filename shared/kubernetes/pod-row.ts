import { namespacedKey } from '../domain/keys.ts';
import type { Entity } from '../domain/observation.ts';
import { pickAnnotations } from './kept-annotations.ts';
import { createdAt, distinct, type KubernetesObject, known, type OwnerReference, pairs } from './kubernetes-object.ts';
import { soleOwner } from './owners.ts';
import { declaredPorts, images, type PodSpec, serviceAccountOf } from './pod-spec.ts';
import { findProxy, INJECT_ANNOTATION, unmeshedReason } from './proxy.ts';
import type { Intake } from './snapshot.ts';

type PodStatus = {
  readonly phase?: string;
  readonly podIP?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
};

export type PodRow = {
  readonly entity: Entity;
  readonly namespace: string;
  readonly name: string;
  readonly owner: OwnerReference | undefined;
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
  readonly serviceAccount: string;
  readonly images: readonly string[];
  readonly inject: string | undefined;
  readonly ready: boolean;
  /** A pod that is over still exists, but nothing routes to it and it calls nobody. */
  readonly live: boolean;
};

export function takePod(pod: KubernetesObject, intake: Intake): PodRow {
  const { metadata } = pod;
  const { name, namespace = '' } = metadata;
  const spec = pod.spec as PodSpec | undefined;
  const status = (pod.status ?? {}) as PodStatus;
  const proxy = findProxy({ metadata, spec });
  const ready = status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;
  const row = {
    namespace,
    name,
    owner: soleOwner(metadata),
    labels: pairs(metadata.labels),
    annotations: pairs(pickAnnotations(metadata.annotations, intake.keepAnnotation)),
    serviceAccount: serviceAccountOf(spec),
    images: images(spec),
    inject: metadata.annotations?.[INJECT_ANNOTATION],
    ready,
    live: status.phase !== 'Succeeded' && status.phase !== 'Failed',
  };
  const props = known({
    name,
    namespace,
    labels: row.labels as string[],
    annotations: row.annotations as string[],
    phase: status.phase,
    ready,
    node: spec?.nodeName,
    ip: status.podIP,
    serviceAccount: row.serviceAccount,
    hostNetwork: spec?.hostNetwork ?? false,
    meshed: proxy !== undefined,
    unmeshedReason: proxy ? undefined : unmeshedReason({ metadata, spec }, intake.injectionOf(namespace)),
    proxyVersion: proxy?.version,
    nativeSidecar: proxy?.native,
    trustRootSha256: metadata.annotations?.['linkerd.io/trust-root-sha256'],
    trustAnchors: proxy?.trustAnchorsPem === undefined ? undefined : intake.anchorsOf(proxy.trustAnchorsPem),
    ports: distinct(declaredPorts(spec)),
    createdAt: createdAt(metadata),
  });
  const key = namespacedKey(intake.cluster, namespace, 'Pod', name);
  return { ...row, entity: { label: 'Pod', key, family: 'pods', props } };
}
