import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const bindingToNobody = defineCheck({
  id: 'binding-to-nobody',
  group: 'rbac',
  title: 'bindings name a role and ServiceAccounts that exist',
  severity: 'low',
  rationale:
    'The API server takes a binding to a ServiceAccount or of a role that is not there, and keeps it when either is deleted. ' +
    'It gives nothing now: those who were meant are refused, and whoever may create what is missing gets what it promises. ' +
    'Users and groups live outside the cluster and are not looked up; what Kubernetes and EKS bind (system:…, eks:…) is left out.',
  remedy: 'Correct the name, create what is missing, or delete the binding.',
  needs: { traffic: false, families: ['bindings', 'roles', 'clusterroles', 'serviceaccounts'] },
  parameters: [],
  query,
  population: { noun: 'bindings', query: population },
  controls: ['soc2-cc6.3', 'iso27001-a.5.15', 'nist-ac-6'],
  row: z.object({
    binding: z.string(),
    namespace: z.string().nullable(),
    roleKey: z.string(),
    accounts: z.array(z.string()),
    roleMissing: z.boolean(),
  }),
  message: ({ binding, namespace, roleKey, accounts, roleMissing }) => {
    const which = binding.replace('/', ' ') + (namespace === null ? '' : ` in ${namespace}`);
    const missing = [...(roleMissing ? [shown(roleKey)] : []), ...accounts.map(shown)];
    return `${which} names ${missing.join(', ')}, which ${missing.length === 1 ? 'does' : 'do'} not exist`;
  },
  about: ({ roleKey, accounts }) => [
    { label: 'Role', key: roleKey },
    ...accounts.map((key) => ({ label: 'ServiceAccount', key })),
  ],
  fingerprint: ({ binding, namespace, roleKey }) => [binding, namespace ?? '', roleKey],
});

/** `ServiceAccount shop/web`, `Role shop/reader` or `ClusterRole reader`: what was never there has no more than its key. */
function shown(key: string): string {
  const [, first = '', kind = '', ...name] = key.split('/');
  return name.length === 0 ? `${first} ${kind}` : `${kind} ${first}/${name.join('/')}`;
}
