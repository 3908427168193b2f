import { z } from 'zod';
import { powersInWords, scopeInWords } from '../../gate/rules/rbac/gravity.ts';
import { defineCheck } from '../check.ts';
import population from '../role-bound-to-anonymous/population.cypher';
import query from './query.cypher';

export const powerBoundToEverybody = defineCheck({
  id: 'power-bound-to-everybody',
  group: 'rbac',
  title: 'no dangerous power is bound to everybody',
  severity: 'high',
  rationale:
    'system:authenticated is everybody with any account of the cluster or of its identity provider, system:serviceaccounts ' +
    'every pod there is, and system:serviceaccounts:NAMESPACE every pod of that namespace (Kubernetes, authentication). ' +
    'Told where their role may read or write secrets, run commands in pods, make tokens or pods, act as others, change ' +
    'Linkerd policy, or give itself more.',
  remedy: 'Bind the role to the people or the ServiceAccounts that need it, and delete this binding.',
  needs: { traffic: false, families: ['bindings', 'roles', 'clusterroles'] },
  parameters: [],
  query,
  population: { noun: 'bindings', query: population },
  controls: ['soc2-cc6.3', 'iso27001-a.8.2', 'pci4-7.2', 'nist-ac-6', 'cis-k8s-5.1.2', 'cis-k8s-5.1.8'],
  row: z.object({
    subjectKey: z.string(),
    subject: z.string(),
    binding: z.string(),
    namespace: z.string().nullable(),
    roleKey: z.string(),
    powers: z.array(z.string()),
  }),
  message: ({ subject, binding, namespace, powers }) => {
    const may = powersInWords(powers.includes('wildcard') ? ['wildcard'] : powers);
    return `${binding.replace('/', ' ')} lets ${whoIs(subject)} ${may} ${scopeInWords(namespace ?? undefined)}`;
  },
  about: ({ roleKey, subjectKey }) => [
    { label: 'Role', key: roleKey },
    { label: 'Subject', key: subjectKey },
  ],
  fingerprint: ({ binding, namespace, roleKey, subject }) => [binding, namespace ?? '', roleKey, subject],
});

function whoIs(group: string): string {
  if (group === 'system:authenticated') return 'everybody with any account';
  const [, , namespace] = group.split(':');
  return namespace === undefined ? 'every pod of the cluster' : `every pod of namespace ${namespace}`;
}
