import type { PodSpec } from '../shared/kubernetes/pod-spec.ts';
import { podTemplate } from '../shared/linkerd/policy/pod-workload.ts';
import type { PolicyObject } from '../shared/linkerd/policy/policy-object.ts';

/**
 * A workload's pod as Linkerd's injector leaves it in a namespace that is injected (reference 4), with the address
 * 10.42.<number>.2. Owned by the workload itself, as the graph tells it.
 */
export function runningPods(owner: PolicyObject, number: number): PolicyObject[] {
  const { metadata, spec } = podTemplate(owner) ?? {};
  const refuses = spec?.hostNetwork || metadata?.annotations?.['linkerd.io/inject'] === 'disabled';
  const namespace = owner.metadata.namespace ?? 'default';
  const { apiVersion, kind } = owner;
  const proxy = { name: 'linkerd-proxy', image: 'cr.l5d.io/linkerd/proxy:edge-26.8.3' };
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${owner.metadata.name}-0`,
        namespace,
        ownerReferences: [{ apiVersion, kind, name: owner.metadata.name }],
        labels: { ...metadata?.labels, ...(refuses ? {} : { 'linkerd.io/control-plane-ns': 'linkerd' }) },
        annotations: { ...metadata?.annotations },
      },
      spec: { ...spec, containers: [...((spec as PodSpec).containers ?? []), ...(refuses ? [] : [proxy])] },
      status: { phase: 'Running', podIP: `10.42.${number}.2`, podIPs: [{ ip: `10.42.${number}.2` }] },
    },
  ];
}
