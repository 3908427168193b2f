import { z } from 'zod';
import { scopeInWords } from '../../gate/rules/rbac/gravity.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const roleBoundToAnonymous = defineCheck({
  id: 'role-bound-to-anonymous',
  group: 'rbac',
  title: 'no role is bound to those who show nothing',
  severity: 'critical',
  rationale:
    'system:anonymous and system:unauthenticated are everybody who reaches the API server (Kubernetes, authentication). ' +
    'Known and left out: system:public-info-viewer (version and health), system:service-account-issuer-discovery (the keys ' +
    "that tokens are checked with), and kubeadm's cluster-info in kube-public.",
  remedy: 'Bind the role to the people or the ServiceAccounts that need it, and delete this binding.',
  needs: { traffic: false, families: ['bindings'] },
  parameters: [],
  query,
  population: { noun: 'bindings', query: population },
  controls: ['soc2-cc6.1', 'soc2-cc6.6', 'iso27001-a.5.15', 'pci4-7.2', 'nist-ac-3', 'nist-ac-6'],
  row: z.object({
    binding: z.string(),
    namespace: z.string().nullable(),
    roleKey: z.string(),
    rules: z.array(z.string()),
    subjectKeys: z.array(z.string()),
    subjects: z.array(z.string()),
  }),
  message: ({ binding, namespace, subjects, rules }) => {
    const [first = 'nothing yet', ...others] = rules;
    const may = others.length === 0 ? first : `${first}, and ${others.length} more`;
    const scope = scopeInWords(namespace ?? undefined);
    return `${binding.replace('/', ' ')} lets everybody who reaches the API server (${subjects.join(', ')}) do ${scope}: ${may}`;
  },
  about: ({ roleKey, subjectKeys }) => [
    { label: 'Role', key: roleKey },
    ...subjectKeys.map((key) => ({ label: 'Subject', key })),
  ],
  fingerprint: ({ binding, namespace, roleKey }) => [binding, namespace ?? '', roleKey],
});
