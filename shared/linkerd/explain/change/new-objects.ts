import type { PolicyObject } from '../../policy/policy-object.ts';
import type { Workload } from '../../policy/workload.ts';
import { NAMING_LABELS, namingLabels } from '../naming-labels.ts';

const object = (version: string, kind: string, namespace: string, name: string, spec: object): PolicyObject => ({
  apiVersion: `policy.linkerd.io/${version}`,
  kind,
  metadata: { name, namespace },
  spec,
});

export const meshTlsAuthentication = (namespace: string, name: string, identity: string): PolicyObject =>
  object('v1alpha1', 'MeshTLSAuthentication', namespace, name, { identities: [identity] });

export const networkAuthentication = (namespace: string, name: string, address: string): PolicyObject =>
  object('v1alpha1', 'NetworkAuthentication', namespace, name, {
    networks: [{ cidr: `${address}/${address.includes(':') ? 128 : 32}` }],
  });

/** Admits to a Server who meets every requirement. */
export function authorizationPolicy(
  server: PolicyObject,
  name: string,
  ...required: readonly PolicyObject[]
): PolicyObject {
  const ref = ({ kind, metadata }: PolicyObject) => ({ group: 'policy.linkerd.io', kind, name: metadata.name });
  return object('v1alpha1', 'AuthorizationPolicy', server.metadata.namespace ?? 'default', name, {
    targetRef: ref(server),
    requiredAuthenticationRefs: required.map(ref),
  });
}

/** A Server on one port of a workload, which denies what nothing admits. */
export const denyingServer = ({ namespace, labels, kind, name }: Workload, port: number): PolicyObject => {
  const selector = { matchLabels: namingLabels(labels) };
  const selected = kind === 'ExternalWorkload' ? { externalWorkloadSelector: selector } : { podSelector: selector };
  const called = NAMING_LABELS.flatMap((label) => labels.get(label) ?? [])[0] ?? name;
  return object('v1beta3', 'Server', namespace, `${called}-${port}`, { ...selected, port, accessPolicy: 'deny' });
};
