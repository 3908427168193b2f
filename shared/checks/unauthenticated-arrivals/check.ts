import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

/** What arrived without identity at one port. `data` = the classes of data its workload holds. */
export const unauthenticatedRow = z.object({
  clientKey: z.string(),
  workloadKey: z.string(),
  workload: z.string(),
  port: z.number(),
  data: z.array(z.string()),
  authorizations: z.array(z.string()),
  tls: z.array(z.string()),
  count: z.number(),
  first: z.number(),
  last: z.number(),
});

export const unauthenticatedArrivals = defineCheck({
  id: 'unauthenticated-arrivals',
  group: 'identity',
  title: 'meshed workloads let in only callers with an identity',
  severity: 'medium',
  rationale:
    'A caller that shows no identity was let in: it is outside the mesh, came past its own proxy, or uses TLS of its own. Nobody can ' +
    "say later who it was. Left out: kubelet probes, scrapes of the proxies' admin port, routes that only a NetworkAuthentication " +
    'opens (the documented way to admit own probes), namespaces of the control plane and its extensions, and workloads that hold data, ' +
    'which have a check of their own.',
  remedy:
    'Mesh the caller, then require an identity: annotation config.linkerd.io/default-inbound-policy: all-authenticated, or a Server with an AuthorizationPolicy that asks for MeshTLSAuthentication.',
  needs: {
    traffic: true,
    families: ['namespaces', 'entity-model', 'authorizationpolicies/targets', 'authorizationpolicies/requirements'],
  },
  parameters: [],
  query,
  population: { noun: 'ports that let callers in', query: population },
  controls: ['soc2-cc6.1', 'iso27001-a.5.15', 'nist-ia-3', 'nist-ia-9'],
  step: { reads: unauthenticatedRow, reduce: (rows) => rows.filter(({ data }) => data.length === 0) },
  row: unauthenticatedRow,
  message: (row) =>
    `${row.workload}:${row.port} let in ${row.count} unauthenticated ${row.count === 1 ? 'arrival' : 'arrivals'} by ${row.authorizations.join(', ')}, ` +
    `last ${formatInstant(row.last)}`,
  about: (row) => [
    { label: 'Workload', key: row.workloadKey },
    { label: 'Unauthenticated', key: row.clientKey },
  ],
  fingerprint: (row) => [row.workloadKey, row.port],
});
