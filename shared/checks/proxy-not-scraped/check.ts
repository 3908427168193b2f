import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const proxyNotScraped = defineCheck({
  id: 'proxy-not-scraped',
  group: 'mesh',
  title: 'Prometheus scrapes every proxy',
  severity: 'medium',
  rationale:
    'Meshed pods ran through the whole window, but Prometheus had fewer proxies with a good scrape: the traffic of the ' +
    'others is missing, and no check can tell silence from blindness there. Usual causes: the default policy of the pods ' +
    '(cluster- or all-authenticated, deny) answers 403 to a Prometheus outside the mesh, a NetworkPolicy, or relabelling that drops targets.',
  remedy:
    'Look at the targets of Prometheus for up == 0 or missing pods of the namespace. Mesh Prometheus, or admit it to port 4191 by a Server with an AuthorizationPolicy.',
  needs: { traffic: true, families: ['namespaces', 'pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'namespaces with meshed pods', query: population },
  controls: ['nist-si-4', 'iso27001-a.8.16', 'soc2-cc7.2', 'pci4-10.4'],
  row: z.object({
    namespaceKey: z.string(),
    namespace: z.string(),
    pods: z.number(),
    targets: z.number(),
    scraped: z.number(),
    window: z.number(),
    workloads: z.array(z.string()),
  }),
  message: (row) =>
    `of ${row.pods} meshed pods in namespace ${row.namespace} (${row.workloads.join(', ')}) Prometheus scraped ${row.scraped}` +
    `${row.targets > row.scraped ? `, and knows ${row.targets - row.scraped} more without a good scrape` : ''}, in the window from ${formatInstant(row.window)}`,
  about: (row) => [{ label: 'Namespace', key: row.namespaceKey }],
  fingerprint: (row) => [row.namespaceKey],
});
