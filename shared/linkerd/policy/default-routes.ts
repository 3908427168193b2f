import { type Authorizations, NOBODY } from './authorization.ts';
import { probeAuthorization } from './default-policy.ts';
import type { MeshSettings } from './mesh-settings.ts';
import type { GuardedRoute } from './port-policy.ts';
import { ANY_HTTP, httpMatch, type RequestMatch } from './request-match.ts';
import { rpcMatch } from './rpc-match.ts';
import type { ProxyProtocol } from './server.ts';
import type { Workload } from './workload.ts';

/** `default` for all requests, and `probe` for the pod's own probes; gRPC has no probe route (reference 3.4, oracle 4). */
export function defaultRoutes(
  workload: Workload,
  port: number,
  protocol: ProxyProtocol,
  settings: MeshSettings,
): GuardedRoute[] {
  if (protocol === 'gRPC') return [{ ...defaultRoute('default', [rpcMatch({})], NOBODY, true), rpc: true }];
  const paths = settings.probeNetworks.length > 0 ? (workload.probes.get(port) ?? []) : [];
  const probes = paths.map((value) => httpMatch({ method: 'GET', path: { type: 'Exact', value } }));
  const admitted = { valid: [probeAuthorization(settings)], void: [] };
  return [
    defaultRoute('default', [ANY_HTTP], NOBODY, true),
    ...(probes.length > 0 ? [defaultRoute('probe', probes, admitted, false)] : []),
  ];
}

const defaultRoute = (
  name: string,
  matches: readonly RequestMatch[],
  authorizations: Authorizations,
  matchesAll: boolean,
): GuardedRoute => ({
  ref: { group: '', kind: 'default', namespace: '', name },
  createdAt: undefined,
  hostnames: [],
  matches,
  matchesAll,
  rpc: false,
  redirects: false,
  authorizations,
});
