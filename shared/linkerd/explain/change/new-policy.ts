import type { PolicyObject } from '../../policy/policy-object.ts';
import { type Candidate, type Case, findObject, titleOf } from './candidate.ts';
import { authorizationPolicy, denyingServer, meshTlsAuthentication, networkAuthentication } from './new-objects.ts';

/** A policy of its own for the caller: by its identity, or by its address where it shows none; with a Server where there is none. */
export function newPolicy({ state: { objects, policies }, call, verdict }: Case): Candidate[] {
  if (verdict.status !== 403 && verdict.status !== 'closed') return [];
  const workload = policies.find(call.server);
  if (workload === undefined || verdict.server === null || verdict.server.kind === 'EgressNetwork') return [];
  const known =
    verdict.server.kind === 'Server' ? findObject(objects, { ...verdict.server, kind: 'Server' }) : undefined;
  const server = known ?? denyingServer(workload, call.port);
  const required = requirementFor(call.client, server);
  if (required === undefined) return [];
  const made = [...(known ? [] : [server]), required, authorizationPolicy(server, required.metadata.name, required)];
  const plain = call.client.identity === undefined ? ' (its address proves nothing: better mesh the caller)' : '';
  return [{ what: `make ${made.map(titleOf).join(', ')}${plain}`, objects: made }];
}

function requirementFor({ identity, address }: Case['call']['client'], server: PolicyObject): PolicyObject | undefined {
  const { name, namespace = 'default' } = server.metadata;
  if (identity !== undefined) {
    const [account = 'caller', of = ''] = identity.startsWith('spiffe://') ? ['caller'] : identity.split('.');
    return meshTlsAuthentication(namespace, [name, 'from', of, account].filter(Boolean).join('-'), identity);
  }
  return address === undefined
    ? undefined
    : networkAuthentication(namespace, `${name}-from-${address.replace(/[.:]/g, '-')}`, address);
}
