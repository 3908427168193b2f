import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const egressOutsideNetwork = defineCheck({
  id: 'egress-outside-network',
  group: 'reachability',
  title: 'calls that leave the cluster go through an EgressNetwork',
  severity: 'low',
  rationale:
    'The cluster has EgressNetworks, so what leaves it is meant to be governed, but these calls matched none: no policy was ' +
    'asked and they are counted nowhere as egress. Judged only where there is an EgressNetwork at all. Left out: addresses ' +
    "in Linkerd's clusterNetworks, and namespaces of the control plane and its extensions.",
  remedy:
    "Widen the networks of an EgressNetwork in the caller's namespace (or of the global one) to these addresses, or stop the calls; trafficPolicy: Deny turns away what no route names.",
  needs: { traffic: true, families: ['cluster', 'namespaces', 'egressnetworks.policy.linkerd.io'] },
  parameters: [],
  query,
  population: { noun: 'workloads that called something outside', query: population },
  controls: ['nist-sc-7', 'nist-ac-4', 'pci4-1.4', 'soc2-cc6.6', 'iso27001-a.8.20'],
  row: z.object({
    callerKey: z.string(),
    caller: z.string(),
    externalKeys: z.array(z.string()),
    addresses: z.array(z.string()),
    count: z.number(),
    first: z.number(),
    last: z.number(),
  }),
  message: ({ caller, addresses, count, last }) => {
    const [named, more] = [addresses.slice(0, 5).join(', '), addresses.length - 5];
    return `${caller} called ${named}${more > 0 ? ` and ${more} more` : ''} outside the cluster ${times(count)} through no EgressNetwork, last ${formatInstant(last)}`;
  },
  about: (row) => [
    { label: 'Workload', key: row.callerKey },
    ...row.externalKeys.map((key) => ({ label: 'External', key })),
  ],
  fingerprint: (row) => [row.callerKey],
});
