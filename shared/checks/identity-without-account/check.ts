import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const identityWithoutAccount = defineCheck({
  id: 'identity-without-account',
  group: 'identity',
  title: 'identities seen in traffic belong to live ServiceAccounts',
  severity: 'high',
  rationale:
    'Linkerd issues identities to ServiceAccounts of this cluster, yet none has this one: its ServiceAccount was deleted ' +
    'and a certificate still lives (24 hours by default), it was never seen, or somebody else holds a key of the issuer. ' +
    'Left out: other trust domains, and identities that another cluster of the graph gives out.',
  remedy:
    'Find the pods that still run as it and restart them under a live ServiceAccount; if there are none, look into who had access to the issuer, and rotate it.',
  needs: { traffic: true, families: ['cluster', 'identities', 'serviceaccounts'] },
  parameters: [
    {
      name: 'grace',
      meaning: 'how long an identity may still arrive after its ServiceAccount is gone',
      defaultMs: parseDuration('1h'),
    },
  ],
  query,
  population: { noun: 'identities seen in traffic', query: population },
  controls: ['nist-ia-9', 'iso27001-a.5.15', 'soc2-cc6.1', 'soc2-cc7.2'],
  row: z.object({
    clientKey: z.string(),
    identity: z.string(),
    endedAt: z.number().nullable(),
    workloadKeys: z.array(z.string()),
    ports: z.array(z.string()),
    count: z.number(),
    first: z.number(),
    last: z.number(),
  }),
  message: (row) =>
    `${row.identity} arrived ${times(row.count)} at ${row.ports.join(', ')}, last ${formatInstant(row.last)}, but ` +
    (row.endedAt === null
      ? 'no ServiceAccount was ever seen to have it'
      : `its ServiceAccount is gone since ${formatInstant(row.endedAt)}`),
  about: (row) => [
    { label: 'Identity', key: row.clientKey },
    ...row.workloadKeys.map((key) => ({ label: 'Workload', key })),
  ],
  fingerprint: (row) => [row.clientKey],
});
