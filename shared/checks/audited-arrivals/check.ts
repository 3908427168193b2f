import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const auditedArrivals = defineCheck({
  id: 'audited-arrivals',
  group: 'policy',
  title: 'nobody gets in only because a policy audits instead of enforcing',
  severity: 'medium',
  rationale:
    'The Server has accessPolicy: audit, or the pods have the default policy audit: Linkerd lets in what no authorization ' +
    'admits and counts it as audited. The day audit is turned off, these callers are denied. Left out are callers that an ' +
    'authorization admits as well, since the proxy counts a request under any one that matches.',
  remedy:
    'Admit each caller that has business there by an AuthorizationPolicy with a MeshTLSAuthentication (meshgraph suggest writes them), stop the others, then remove audit.',
  needs: {
    traffic: true,
    families: [
      'authorizationpolicies/targets',
      'authorizationpolicies/requirements',
      'authentications/admissions',
      'identities',
    ],
  },
  parameters: [],
  query,
  population: { noun: 'ports that let callers in', query: population },
  controls: ['nist-ac-3', 'nist-ac-4', 'iso27001-a.5.15', 'soc2-cc6.6'],
  row: z.object({
    workloadKey: z.string(),
    workload: z.string(),
    port: z.number(),
    server: z.string(),
    callers: z.array(z.string()),
    clientKeys: z.array(z.string()),
    count: z.number(),
    first: z.number(),
    last: z.number(),
  }),
  message: (row) =>
    `${row.workload}:${row.port} (${row.server}) let in ${row.callers.join(', ')} ${times(row.count)} only because it audits: ` +
    `enforced, they would be denied; last ${formatInstant(row.last)}`,
  about: (row) => [
    { label: 'Workload', key: row.workloadKey },
    ...row.clientKeys.map((key) => ({
      label: key.endsWith('/Unauthenticated') ? 'Unauthenticated' : 'Identity',
      key,
    })),
  ],
  fingerprint: (row) => [row.workloadKey, row.port, row.server],
});
