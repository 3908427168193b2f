import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const egressNetworkUnused = defineCheck({
  id: 'egress-network-unused',
  group: 'orphans',
  title: 'what is let out of the cluster is still called',
  severity: 'info',
  rationale:
    'An EgressNetwork lets calls out to destinations that nobody has called for long: what was called ended, and its door ' +
    'stayed open. Networks that deny are fences, and meant to see nothing.',
  remedy:
    'Delete the EgressNetwork and its routes, and whatever credentials its callers had for it; or set its trafficPolicy to Deny.',
  needs: { traffic: true, families: ['egressnetworks.policy.linkerd.io'], watchedFor: 'unused' },
  parameters: [
    {
      name: 'unused',
      meaning: 'for how long nobody has called through it; the mesh must have been watched for that long',
      defaultMs: parseDuration('30d'),
    },
  ],
  query,
  population: { noun: 'EgressNetworks that let out', query: population },
  controls: ['soc2-cc6.6', 'pci4-1.2', 'nist-sc-7'],
  row: z.object({
    networkKey: z.string(),
    network: z.string(),
    last: z.number().nullable(),
    lastTo: z.string().nullable(),
  }),
  message: ({ network, last, lastTo }) =>
    `EgressNetwork ${network} lets calls out, and nobody makes any` +
    (last === null ? ' as long as it was watched' : `: the last was to ${lastTo} at ${formatInstant(last)}`),
  about: ({ networkKey }) => [{ label: 'EgressNetwork', key: networkKey }],
  fingerprint: ({ networkKey }) => [networkKey],
});
