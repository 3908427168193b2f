import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const sharedIdentityReachesData = defineCheck({
  id: 'shared-identity-reaches-data',
  group: 'identity',
  title: 'an identity that is let in to data names one workload',
  severity: 'medium',
  rationale:
    'Several workloads run as one ServiceAccount (often `default`), so they are one identity, and policy, logs and this graph ' +
    'cannot tell them apart. It is let in to a workload that holds data: each of them is, whoever was meant.',
  remedy:
    'Give the workload that needs the data a ServiceAccount of its own, admit that one, and take the shared one out of the authorization.',
  needs: {
    traffic: true,
    families: [
      'pods',
      'workloads',
      'workloads/accounts',
      'identities',
      'entity-model',
      'servers/selection',
      'authorizationpolicies/targets',
      'authorizationpolicies/requirements',
      'authentications/admissions',
    ],
  },
  parameters: [],
  query,
  population: { noun: 'identities with running workloads', query: population },
  controls: ['nist-ia-9', 'nist-ac-6', 'cis-k8s-5.1.5', 'soc2-cc6.1', 'soc2-cc6.3', 'pci4-7.2', 'gdpr-32'],
  row: z.object({
    identityKey: z.string(),
    identity: z.string(),
    workloadKeys: z.array(z.string()),
    workloads: z.array(z.string()),
    holderKeys: z.array(z.string()),
    holders: z.array(z.string()),
    data: z.array(z.string()),
    arrived: z.boolean(),
  }),
  message: (row) =>
    `${row.identity} is shared by ${row.workloads.join(', ')} and ${row.arrived ? 'was let in to' : 'may call'} ` +
    `${row.holders.join(', ')} with ${row.data.join(', ')} data: policy cannot tell which of them`,
  about: (row) => [
    { label: 'Identity', key: row.identityKey },
    ...[...row.workloadKeys, ...row.holderKeys].map((key) => ({ label: 'Workload', key })),
  ],
  fingerprint: (row) => [row.identityKey],
});
