import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const configuredEntityUnmatched = defineCheck({
  id: 'configured-entity-unmatched',
  group: 'labels',
  title: 'entries of the configuration name something that there is',
  severity: 'low',
  rationale:
    'An entry under `entityModel.entities` names a namespace, a workload or an address that no cluster of this graph has: it ' +
    'was renamed, deleted or misspelt, and what the entry says of its owner and its data holds of nobody. The configuration ' +
    'is one for all clusters, so this is told once, with the first cluster by name. An address must have been called.',
  remedy: 'Correct the name in meshgraph.yaml, or take the entry out.',
  needs: { traffic: true, families: ['namespaces', 'workloads'] },
  parameters: [
    {
      name: 'watched',
      meaning: 'how long calls must have been watched before an address that nobody called counts as missing',
      defaultMs: parseDuration('30d'),
    },
  ],
  query,
  population: { noun: 'entries', query: population },
  controls: ['iso27001-a.5.9', 'nist-cm-8', 'gdpr-30'],
  row: z.object({ entry: z.string(), kind: z.enum(['namespace', 'workload', 'address']), clusterKey: z.string() }),
  message: ({ entry, kind }) =>
    `entityModel.entities names "${entry}": ${kind === 'address' ? 'nobody has called that address' : `there is no ${kind} of that name`}`,
  about: ({ clusterKey }) => [{ label: 'Cluster', key: clusterKey }],
  fingerprint: ({ entry }) => [entry],
});
