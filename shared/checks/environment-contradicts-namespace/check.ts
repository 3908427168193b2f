import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const environmentContradictsNamespace = defineCheck({
  id: 'environment-contradicts-namespace',
  group: 'labels',
  title: 'workloads belong to the environment of their namespace',
  severity: 'low',
  rationale:
    'The labels of a workload name another environment than those of its namespace: it was deployed into the wrong one, or a ' +
    'label was copied. Whoever looks for production finds only one of the two. Owners, exposure and classes of data are ' +
    'meant to be told more closely than by the namespace: they contradict nothing.',
  remedy: 'Correct the label that is wrong, or move the workload.',
  needs: { traffic: false, families: ['namespaces', 'workloads', 'entity-model'] },
  parameters: [],
  query,
  population: { noun: 'workloads in namespaces that say their environment', query: population },
  controls: ['iso27001-a.5.9', 'nist-cm-8'],
  row: z.object({
    namespaceKey: z.string(),
    namespace: z.string(),
    environment: z.string(),
    other: z.string(),
    workloadKeys: z.array(z.string()),
    workloads: z.array(z.string()),
  }),
  message: ({ namespace, environment, other, workloads }) => {
    const some = workloads.slice(0, 5).join(', ') + (workloads.length > 5 ? ` and ${workloads.length - 5} more` : '');
    return `${some} in ${namespace} ${workloads.length === 1 ? 'says it belongs' : 'say they belong'} to ${other}, and the namespace to ${environment}`;
  },
  about: ({ namespaceKey, workloadKeys }) => [
    ...workloadKeys.map((key) => ({ label: 'Workload', key })),
    { label: 'Namespace', key: namespaceKey },
  ],
  fingerprint: ({ namespaceKey, other }) => [namespaceKey, other],
});
