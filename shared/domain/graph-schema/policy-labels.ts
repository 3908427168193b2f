import type { LabelDoc } from './docs.ts';
import { policy } from './kubernetes-properties.ts';

/** Linkerd and Gateway API objects. */
export const POLICY_LABELS: readonly LabelDoc[] = [
  {
    label: 'ExternalWorkload',
    meaning: 'A workload outside Kubernetes that joined the mesh.',
    properties: [...policy],
  },
  {
    label: 'Server',
    meaning: 'A Linkerd Server: a port of selected pods.',
    properties: [
      ...policy,
      ['port', 'port number or name'],
      ['proxyProtocol', 'protocol told to the proxy'],
      ['accessPolicy', 'what happens to calls no policy admits'],
    ],
  },
  { label: 'AuthorizationPolicy', meaning: 'A Linkerd AuthorizationPolicy.', properties: policy },
  { label: 'ServerAuthorization', meaning: 'A Linkerd ServerAuthorization.', properties: policy },
  { label: 'Authentication', meaning: 'A MeshTLSAuthentication or NetworkAuthentication.', properties: policy },
  { label: 'Route', meaning: 'An HTTPRoute, GRPCRoute, TLSRoute or TCPRoute.', properties: policy },
  {
    label: 'EgressNetwork',
    meaning: 'A Linkerd EgressNetwork.',
    properties: [...policy, ['trafficPolicy', 'Allow or Deny']],
  },
  { label: 'RateLimit', meaning: 'An HTTPLocalRateLimitPolicy.', properties: policy },
  { label: 'ServiceProfile', meaning: 'A Linkerd ServiceProfile.', properties: policy },
  { label: 'Link', meaning: 'A multicluster Link.', properties: policy },
];
