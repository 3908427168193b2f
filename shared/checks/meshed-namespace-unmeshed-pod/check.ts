import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const meshedNamespaceUnmeshedPod = defineCheck({
  id: 'meshed-namespace-unmeshed-pod',
  group: 'identity',
  title: 'pods of meshed namespaces have a proxy',
  severity: 'medium',
  rationale:
    'The namespace is annotated linkerd.io/inject, yet these pods run without a proxy: what they send has no identity ' +
    'and no encryption, what they receive obeys no policy. Usual causes: the pods are older than the annotation, the ' +
    'injector was unavailable, or admission webhooks skip the namespace. Left out: finished pods, hostNetwork (which ' +
    'Linkerd cannot inject), and workloads that opted out with linkerd.io/inject: disabled.',
  remedy:
    'Restart the workload (kubectl rollout restart) so that the injector sees it; if it must stay outside, say so with linkerd.io/inject: disabled on its pod template.',
  needs: { traffic: false, families: ['namespaces', 'pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'workloads in meshed namespaces', query: population },
  controls: ['soc2-cc7.1', 'iso27001-a.8.20', 'nist-sc-8'],
  row: z.object({
    namespaceKey: z.string(),
    workloadKey: z.string(),
    workload: z.string(),
    pods: z.array(z.string()),
    reasons: z.array(z.string()),
    since: z.number().nullable(),
  }),
  message: (row) =>
    `${row.workload} runs ${row.pods.length === 1 ? 'a pod' : `${row.pods.length} pods`} without proxy in a meshed namespace` +
    `${row.reasons.length > 0 ? ` (${row.reasons.join(', ')})` : ''}` +
    `${row.since === null ? '' : `, since ${formatInstant(row.since)} or earlier`}`,
  about: (row) => [
    { label: 'Workload', key: row.workloadKey },
    { label: 'Namespace', key: row.namespaceKey },
  ],
  fingerprint: (row) => [row.workloadKey],
});
