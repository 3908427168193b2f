import type { KubernetesObject, Metadata } from './kubernetes-object.ts';
import type { Container, PodSpec } from './pod-spec.ts';

export const INJECT_ANNOTATION = 'linkerd.io/inject';
const CONTROL_PLANE_LABEL = 'linkerd.io/control-plane-ns';
const TRUST_ANCHORS = 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS';

/** The PEM text a pod's proxy was given as trust anchors. */
export function proxyTrustAnchors({ metadata, spec }: KubernetesObject): string | undefined {
  return findProxy({ metadata, spec: spec as PodSpec | undefined })?.trustAnchorsPem;
}

type PodParts = { readonly metadata: Metadata; readonly spec?: PodSpec | undefined };

/** What a pod's proxy tells of itself. A native sidecar is an init container that stays. */
export type Proxy = {
  readonly native: boolean;
  readonly version: string | undefined;
  /** PEM text given at injection; control-plane pods take it from the ConfigMap instead and show none. */
  readonly trustAnchorsPem: string | undefined;
};

/** The Linkerd proxy of a pod. Meshed = a container of that name *and* the label the control plane goes by. */
export function findProxy(pod: PodParts): Proxy | undefined {
  if (!pod.metadata.labels?.[CONTROL_PLANE_LABEL]) return undefined;
  const sidecar = pod.spec?.containers?.find(isProxy);
  const container = sidecar ?? pod.spec?.initContainers?.find(isProxy);
  if (!container) return undefined;
  return {
    native: !sidecar,
    version: imageTag(container.image) ?? pod.metadata.annotations?.['linkerd.io/proxy-version'],
    trustAnchorsPem: container.env?.find((e) => e.name === TRUST_ANCHORS)?.value,
  };
}

const isProxy = (container: Container): boolean => container.name === 'linkerd-proxy';

/** `registry:5000/proxy:v1@sha256:…` is `v1`; an image by digest alone has no tag. */
function imageTag(image: string | undefined): string | undefined {
  return image?.split('@')[0]?.match(/:([^:/]+)$/)?.[1];
}

/**
 * Why a pod has no proxy, by the rules of Linkerd's injector (pkg/inject/report.go): the pod's annotation beats the
 * namespace's, any value but `enabled` and `ingress` disables, and host networking can never be meshed.
 */
export function unmeshedReason(pod: PodParts, namespace: NamespaceInjection | undefined): string {
  if (pod.spec?.hostNetwork) return 'host network';
  const own = pod.metadata.annotations?.[INJECT_ANNOTATION];
  if (own && !injects(own)) return 'injection disabled';
  if (!injects(own) && !injects(namespace?.inject)) return 'namespace not injected';
  if (namespace?.webhooksDisabled) return 'webhooks disabled in namespace';
  return 'injector missed it';
}

export type NamespaceInjection = { readonly inject: string | undefined; readonly webhooksDisabled: boolean };

/** Any value but these two disables injection (pkg/inject/report.go). */
export const injects = (value: string | undefined): boolean => value === 'enabled' || value === 'ingress';
