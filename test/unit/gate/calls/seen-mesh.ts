import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';
import { podOf } from '../../linkerd/explain/mesh.ts';
import { identityOf } from '../../linkerd/policy/objects.ts';
import { seen } from '../access/small-mesh.ts';

/** Deployment shop/api, which calls. */
export const api = podOf('api', 'api-1', '10.1.0.20');

export const API_TO_WEB = seen('shop/Deployment/api', 'shop/Pod/web', 8080, { identity: identityOf('api') });

/** The same edge, or another, of which the proxies told this. */
export const faring = (verdict: string, edge: Edge = API_TO_WEB, policies: readonly string[] = []): Edge => ({
  ...edge,
  shares: [{ verdict, count: edge.count, failures: 0, policies }],
});

/** Callers without identity: nobody can tell which. */
export const UNMESHED_TO_WEB: Edge = {
  ...seen('shop/Deployment/api', 'shop/Pod/web', 8080, { mTls: false }),
  from: { label: 'Unauthenticated', key: 'prod/Unauthenticated', name: 'unauthenticated' },
};

export const service = (port: number, annotations: Record<string, string> = {}): PolicyObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'shop', name: 'web', annotations },
  spec: { selector: { app: 'web' }, ports: [{ port, targetPort: 'http' }] },
});
