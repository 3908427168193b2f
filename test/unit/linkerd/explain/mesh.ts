import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { NAMESPACE } from '../policy/objects.ts';

type Given = {
  readonly ports?: readonly object[];
  readonly annotations?: Record<string, string>;
  readonly namespace?: string;
};

/** A Deployment in namespace `shop`, whose pods run as the ServiceAccount of its name. */
export function deployment(
  name: string,
  { ports = [], annotations = {}, namespace = NAMESPACE }: Given = {},
): PolicyObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      template: {
        metadata: { labels: { app: name }, annotations },
        spec: { serviceAccountName: name, containers: [{ name: 'app', ports }] },
      },
    },
  };
}

/** A running meshed pod of such a Deployment. */
export function podOf(
  owner: string,
  name: string,
  podIP: string,
  { ports = [], annotations = {} }: Given = {},
): PolicyObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: NAMESPACE,
      labels: { app: owner, 'linkerd.io/control-plane-ns': 'linkerd' },
      annotations,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner }],
    },
    spec: {
      serviceAccountName: owner,
      containers: [{ name: 'app', ports }],
      initContainers: [{ name: 'linkerd-proxy' }],
    },
    status: { phase: 'Running', podIP },
  };
}
