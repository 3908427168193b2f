import { z } from 'zod';
import { FACET_NAMES } from '../../domain/entity-model.ts';
import { alternatives, FACET_QUESTIONS } from '../../gate/rules/labels/required-label-missing.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const requiredLabelMissing = defineCheck({
  id: 'required-label-missing',
  group: 'labels',
  title: 'namespaces and workloads carry the labels the entity model requires',
  severity: 'medium',
  rationale:
    'What `entityModel.required` of the configuration asks for is what questions, alerts and other checks go by: who owns it, ' +
    'which data it holds, from where it is reached. Without it a finding reaches nobody, and a class of data is taken for ' +
    'none. A workload inherits from its namespace; an entry under `entityModel.entities` counts as a label. Asked of nothing ' +
    'by default; namespaces kube-… and those of Linkerd are left out.',
  remedy:
    'Add one of the labels the message names, to the namespace where it is true of all of it, or an entry under entityModel.entities.',
  needs: { traffic: false, families: ['namespaces', 'workloads', 'entity-model'] },
  parameters: [],
  query,
  population: { noun: 'facts required of namespaces', query: population },
  controls: ['iso27001-a.5.9', 'nist-cm-8', 'gdpr-30'],
  row: z.object({
    namespaceKey: z.string(),
    namespace: z.string(),
    facet: z.enum(FACET_NAMES),
    names: z.array(z.string()),
    itself: z.boolean(),
    workloadKeys: z.array(z.string()),
    workloads: z.array(z.string()),
  }),
  message: ({ namespace, facet, names, itself, workloads }) => {
    const some = workloads.slice(0, 5).join(', ') + (workloads.length > 5 ? ` and ${workloads.length - 5} more` : '');
    const who = itself
      ? `namespace ${namespace} does not tell ${FACET_QUESTIONS[facet]}${workloads.length > 0 ? `, nor ${workloads.length === 1 ? 'does' : 'do'} ${some} in it` : ''}`
      : `${some} in ${namespace} ${workloads.length === 1 ? 'does' : 'do'} not tell ${FACET_QUESTIONS[facet]}`;
    return `${who}: this configuration requires the label or annotation ${alternatives(names)}`;
  },
  about: ({ namespaceKey, workloadKeys }) => [
    { label: 'Namespace', key: namespaceKey },
    ...workloadKeys.map((key) => ({ label: 'Workload', key })),
  ],
  fingerprint: ({ namespaceKey, facet }) => [namespaceKey, facet],
});
