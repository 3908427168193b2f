import { oncePer } from '../../domain/once-per.ts';
import type { Metadata } from '../../kubernetes/kubernetes-object.ts';

export type Annotations = Readonly<Record<string, string>>;

const PREFIX = 'config.linkerd.io/';

/** Annotations that decide who may call a pod, without their prefix. Those of skip ports count at creation only. */
export const POLICY_ANNOTATIONS = [
  'default-inbound-policy',
  'opaque-ports',
  'skip-inbound-ports',
  'proxy-require-identity-inbound-ports',
] as const;
type PolicyAnnotation = (typeof POLICY_ANNOTATIONS)[number];

export const configured = (annotations: Annotations, name: string): string | undefined => annotations[PREFIX + name];

/** The namespace's `config.linkerd.io/*` are copied to a pod that lacks them when it is created (reference 4). */
export const annotationsAtCreation = (
  namespace: Metadata | undefined,
  template: Metadata | undefined,
): Annotations => ({
  ...(namespace && inherited(namespace)),
  ...template?.annotations,
});

/** Asked for every pod of the namespace. */
const inherited = oncePer(
  ({ annotations = {} }: Metadata): Annotations =>
    Object.fromEntries(Object.entries(annotations ?? {}).filter(([name]) => name.startsWith(PREFIX))),
);

/**
 * How a running pod differs from what would be created now. The namespace's annotations do nothing to running pods
 * (reference 3.6, test ns_audit). Without the template, only what the namespace says is known.
 */
export function pendingAnnotations(pod: Metadata, namespace: Metadata | undefined, template?: Metadata): string[] {
  const fresh = annotationsAtCreation(namespace, template);
  return POLICY_ANNOTATIONS.flatMap((name: PolicyAnnotation) => {
    const now = configured(pod.annotations ?? {}, name);
    const then = configured(fresh, name);
    if (then === undefined || then === now) return [];
    const source =
      configured(template?.annotations ?? {}, name) === then ? 'its template' : `namespace ${pod.namespace}`;
    const unless = template === undefined ? ' (unless its template says otherwise)' : '';
    return [
      `${source} says ${name}=${then}, the pod was created with ${now ?? 'none'}: that counts only once the pod is created again${unless}`,
    ];
  });
}
