import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import { unauthenticatedRow } from '../unauthenticated-arrivals/check.ts';
import query from '../unauthenticated-arrivals/query.cypher';
import population from './population.cypher';

export const unauthenticatedArrivalsAtData = defineCheck({
  id: 'unauthenticated-arrivals-at-data',
  group: 'data',
  title: 'workloads that hold data let in only callers with an identity',
  severity: 'critical',
  rationale:
    'By the entity model this workload holds data, and callers that show no identity were let in: nobody can say who read it, ' +
    'and what came came in plain text. Left out is what unauthenticated-arrivals leaves out.',
  remedy:
    'Mesh the callers, then require an identity: annotation config.linkerd.io/default-inbound-policy: all-authenticated, or a Server with an AuthorizationPolicy that asks for MeshTLSAuthentication. If the workload holds no data, correct the entity model.',
  needs: {
    traffic: true,
    families: ['namespaces', 'entity-model', 'authorizationpolicies/targets', 'authorizationpolicies/requirements'],
  },
  parameters: [],
  query,
  step: { reads: unauthenticatedRow, reduce: (rows) => rows.filter(({ data }) => data.length > 0) },
  population: { noun: 'ports that let callers in to data', query: population },
  controls: ['gdpr-32', 'pci4-4.2', 'pci4-7.2', 'nist-ia-9', 'nist-ac-3', 'soc2-cc6.1', 'iso27001-a.5.15'],
  row: unauthenticatedRow,
  message: (row) =>
    `${row.workload}:${row.port} with ${row.data.join(', ')} data let in an unauthenticated caller ${times(row.count)} by ` +
    `${row.authorizations.join(', ')}, last ${formatInstant(row.last)}`,
  about: (row) => [
    { label: 'Workload', key: row.workloadKey },
    { label: 'Unauthenticated', key: row.clientKey },
  ],
  fingerprint: (row) => [row.workloadKey, row.port],
});
