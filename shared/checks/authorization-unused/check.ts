import { z } from 'zod';
import { formatDuration, parseDuration } from '../../domain/duration.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const authorizationUnused = defineCheck({
  id: 'authorization-unused',
  group: 'policy',
  title: 'identities that policy admits by name make use of it',
  severity: 'low',
  rationale:
    'An authorization names these identities, and none of them came to the ports it guards for long, although traffic was ' +
    'watched: access that nobody needs and an intruder could use. One finding an authorization. Left out: wildcards and ' +
    'whole namespaces, which name nobody, and namespaces of the control plane and its extensions.',
  remedy:
    'Take the identities out of the MeshTLSAuthentication or ServerAuthorization, unless they come rarely (a yearly job): then accept the finding with that reason.',
  needs: {
    traffic: true,
    families: [
      'namespaces',
      'identities',
      'servers/selection',
      'authorizationpolicies/targets',
      'authorizationpolicies/requirements',
      'authentications/admissions',
      'serverauthorizations/targets',
      'serverauthorizations/admissions',
    ],
    watchedFor: 'unused',
  },
  parameters: [
    {
      name: 'unused',
      meaning: 'for how long an admitted identity must not have come, while traffic was watched',
      defaultMs: parseDuration('30d'),
    },
  ],
  query,
  population: { noun: 'authorizations that name identities', query: population },
  controls: ['nist-ac-6', 'iso27001-a.5.15', 'soc2-cc6.3', 'pci4-7.2'],
  row: z.object({
    policyKey: z.string(),
    policyLabel: z.string(),
    policy: z.string(),
    identities: z.array(z.string()),
    identityKeys: z.array(z.string()),
    workloads: z.array(z.string()),
    unusedMs: z.number(),
  }),
  message: (row) =>
    `${row.policyLabel} ${row.policy} admits ${row.identities.join(', ')} to ${row.workloads.join(', ')}, ` +
    `where ${row.identities.length === 1 ? 'it did not arrive' : 'none of them arrived'} for ${formatDuration(row.unusedMs)}`,
  about: (row) => [
    { label: row.policyLabel, key: row.policyKey },
    ...row.identityKeys.map((key) => ({ label: 'Identity', key })),
  ],
  fingerprint: (row) => [row.policyKey],
});
