import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const meshBypassed = defineCheck({
  id: 'mesh-bypassed',
  group: 'mesh',
  title: 'nothing in a meshed namespace goes past its proxy',
  severity: 'low',
  rationale:
    'linkerd.io/inject: disabled on a workload of a meshed namespace, or skip-inbound-ports, skip-outbound-ports and skip-subnets on its ' +
    'pods: what goes there has no identity, no encryption, no policy and no metrics, so it is missing from this graph too. ' +
    'One finding for each place where it is said: the namespace, or the workload.',
  remedy:
    'Take the annotation off and restart the pods; a protocol Linkerd cannot detect needs config.linkerd.io/opaque-ports instead, which keeps mutual TLS. What must stay outside is an exception with its reason.',
  needs: { traffic: false, families: ['namespaces', 'pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'workloads, and namespaces that lead past proxies', query: population },
  controls: ['nist-sc-7', 'nist-sc-8', 'soc2-cc6.7', 'pci4-4.2', 'iso27001-a.8.20'],
  row: z.object({
    placeKey: z.string(),
    placeLabel: z.string(),
    place: z.string(),
    ways: z.array(z.string()),
    settings: z.array(z.string()),
    workloads: z.array(z.string()),
  }),
  message: ({ place, placeLabel, settings, workloads }) =>
    placeLabel === 'Namespace'
      ? `namespace ${place} sets ${settings.join(', ')} for ${workloads.join(', ')}: that traffic goes past their proxies`
      : `${place} sets ${settings.join(', ')} in a meshed namespace: that traffic goes past the proxy`,
  about: (row) => [{ label: row.placeLabel, key: row.placeKey }],
  fingerprint: (row) => [row.placeKey, ...row.ways],
});
