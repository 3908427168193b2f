import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const annotationNotTakenUp = defineCheck({
  id: 'annotation-not-taken-up',
  group: 'mesh',
  title: "running pods have taken up their namespace's Linkerd settings",
  severity: 'medium',
  rationale:
    "The injector copies a namespace's config.linkerd.io annotations to a pod when it is created; a later change does nothing to " +
    'pods that run. These still have the former default inbound policy, skipped or opaque ports: what the namespace says ' +
    'is not what is enforced. Left out: pods whose own template sets the annotation, which then counts.',
  remedy: 'Restart the workload (kubectl rollout restart).',
  needs: { traffic: false, families: ['namespaces', 'pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'workloads with meshed pods', query: population },
  controls: ['nist-ac-3', 'soc2-cc7.1', 'pci4-1.2'],
  row: z.object({
    workloadKey: z.string(),
    workload: z.string(),
    namespaceKey: z.string(),
    pods: z.array(z.string()),
    settings: z.array(z.string()),
    differences: z.array(z.string()),
  }),
  message: (row) =>
    `${row.pods.length === 1 ? 'a pod' : `${row.pods.length} pods`} of ${row.workload} ${row.pods.length === 1 ? 'is' : 'are'} older than the settings of ` +
    `${row.pods.length === 1 ? 'its' : 'their'} namespace: ${row.differences.join('; ')}`,
  about: (row) => [
    { label: 'Workload', key: row.workloadKey },
    { label: 'Namespace', key: row.namespaceKey },
  ],
  fingerprint: (row) => [row.workloadKey, ...row.settings],
});
