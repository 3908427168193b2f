import { z } from 'zod';
import { powersInWords } from '../../gate/rules/rbac/gravity.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const identityPowerDiffers = defineCheck({
  id: 'identity-power-differs',
  group: 'rbac',
  title: 'a ServiceAccount may do the same in every cluster',
  severity: 'low',
  rationale:
    'The same ServiceAccount runs in several clusters, and here alone it may do something dangerous: what was tried by hand ' +
    'and forgotten, or an attack. Told from the cluster that has the power; scopes are not compared, namespaces kube-… are ' +
    'left out, and so are clusters whose bindings were not read.',
  remedy: 'Take the power away here, or give it everywhere by the manifests that all clusters share.',
  needs: { traffic: false, families: ['bindings', 'roles', 'clusterroles', 'serviceaccounts', 'workloads/accounts'] },
  parameters: [],
  query,
  population: { noun: 'ServiceAccounts that other clusters have too', query: population },
  controls: ['soc2-cc6.3', 'soc2-cc7.1', 'iso27001-a.8.2', 'nist-ac-6'],
  row: z.object({
    accountKey: z.string(),
    account: z.string(),
    powers: z.array(z.string()),
    roles: z.array(z.string()),
    clusters: z.array(z.string()),
  }),
  message: ({ account, powers, roles, clusters }) =>
    `ServiceAccount ${account} may ${powersInWords(powers.includes('wildcard') ? ['wildcard'] : powers)} here ` +
    `(${roles.join(', ')}), but not in ${clusters.join(', ')}`,
  about: ({ accountKey }) => [{ label: 'ServiceAccount', key: accountKey }],
  fingerprint: ({ accountKey }) => [accountKey],
});
