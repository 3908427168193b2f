import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const idleWorkload = defineCheck({
  id: 'idle-workload',
  group: 'orphans',
  title: 'workloads call somebody or are called',
  severity: 'low',
  rationale:
    'The workload runs, its proxy is seen, and in all that time nobody called it and it called nobody: most likely it was ' +
    'forgotten, and still has its identity, its rights and its cost. Left out: jobs, workloads younger than that, what ' +
    'belongs to Kubernetes or Linkerd, namespaces of which Prometheus misses proxies. Ports that skip the proxy are not seen.',
  remedy: 'Ask its owner; scale it to 0, wait, and delete it with its ServiceAccount and policy.',
  needs: { traffic: true, families: ['namespaces', 'workloads', 'pods', 'identities'], watchedFor: 'idle' },
  parameters: [
    {
      name: 'idle',
      meaning: 'for how long nobody called it and it called nobody; the mesh must have been watched for that long',
      defaultMs: parseDuration('14d'),
    },
  ],
  query,
  population: { noun: 'meshed workloads', query: population },
  controls: ['iso27001-a.5.9', 'nist-cm-8'],
  row: z.object({
    workloadKey: z.string(),
    workload: z.string(),
    kind: z.string(),
    last: z.number().nullable(),
  }),
  message: ({ workload, kind, last }) =>
    `${kind} ${workload} runs, but nobody calls it and it calls nobody, ` +
    (last === null ? 'as long as it was watched' : `since ${formatInstant(last)}`),
  about: ({ workloadKey }) => [{ label: 'Workload', key: workloadKey }],
  fingerprint: ({ workloadKey }) => [workloadKey],
});
