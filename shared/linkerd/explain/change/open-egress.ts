import { isHttp } from '../../policy/call.ts';
import type { PolicyObject } from '../../policy/policy-object.ts';
import { type Candidate, type Case, titleOf } from './candidate.ts';

/** A route to the address through an EgressNetwork that denies what no route takes. */
export function openEgress({ call, verdict: { server } }: Case): Candidate[] {
  if (server?.kind !== 'EgressNetwork') return [];
  const { namespace, name } = server;
  const kind = isHttp(call.protocol) ? 'HTTPRoute' : call.protocol === 'tls' ? 'TLSRoute' : 'TCPRoute';
  const parent = { group: 'policy.linkerd.io', kind: 'EgressNetwork', name, namespace, port: call.port };
  const backend = { group: 'policy.linkerd.io', kind: 'EgressNetwork', name, namespace, port: call.port };
  const hostnames = call.host === undefined || kind === 'TCPRoute' ? {} : { hostnames: [call.host] };
  const route: PolicyObject = {
    apiVersion: `gateway.networking.k8s.io/${kind === 'HTTPRoute' ? 'v1' : 'v1alpha2'}`,
    kind,
    metadata: { name: `${name}-${call.port}`, namespace },
    spec: { parentRefs: [parent], ...hostnames, rules: [{ ...matchesOf(kind, call.path), backendRefs: [backend] }] },
  };
  return [
    {
      what: `make ${titleOf(route)}, which takes the call through EgressNetwork ${namespace}/${name}`,
      objects: [route],
    },
  ];
}

const matchesOf = (kind: string, path: string | undefined) =>
  kind === 'HTTPRoute' ? { matches: [{ path: { type: 'PathPrefix', value: path?.split('?')[0] ?? '/' } }] } : {};
