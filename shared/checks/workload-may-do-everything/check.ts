import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const workloadMayDoEverything = defineCheck({
  id: 'workload-may-do-everything',
  group: 'rbac',
  title: 'no workload may do everything',
  severity: 'medium',
  rationale:
    'The ServiceAccount of a workload is bound to cluster-admin, or to another role of all verbs on all resources, in the ' +
    'whole cluster: whoever gets into one of its pods has the cluster. Some deployers want it so; accept those by name. ' +
    'Bindings of Kubernetes and EKS, and namespaces kube-…, are left out.',
  remedy: 'Bind a role with only the verbs and resources the workload uses, in the namespaces it needs them in.',
  needs: { traffic: false, families: ['bindings', 'roles', 'clusterroles', 'serviceaccounts', 'workloads/accounts'] },
  parameters: [],
  query,
  population: { noun: 'ServiceAccounts in use', query: population },
  controls: ['soc2-cc6.3', 'iso27001-a.8.2', 'pci4-7.2', 'nist-ac-6', 'cis-k8s-5.1.1', 'cis-k8s-5.1.3'],
  row: z.object({
    accountKey: z.string(),
    account: z.string(),
    bindings: z.array(z.string()),
    roles: z.array(z.string()),
    workloadKeys: z.array(z.string()),
    workloads: z.array(z.string()),
  }),
  message: ({ account, bindings, roles, workloads }) => {
    const some = workloads.slice(0, 5).join(', ') + (workloads.length > 5 ? ` and ${workloads.length - 5} more` : '');
    return `${some} may do everything in the whole cluster: ServiceAccount ${account} has ${roles.join(', ')} by ${bindings.join(', ')}`;
  },
  about: ({ accountKey, workloadKeys }) => [
    { label: 'ServiceAccount', key: accountKey },
    ...workloadKeys.map((key) => ({ label: 'Workload', key })),
  ],
  fingerprint: ({ accountKey }) => [accountKey],
});
