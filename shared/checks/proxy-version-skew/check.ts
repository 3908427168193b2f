import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const proxyVersionSkew = defineCheck({
  id: 'proxy-version-skew',
  group: 'mesh',
  title: 'proxies are of the version of the control plane or of the one before',
  severity: 'medium',
  rationale:
    'Linkerd supports a data plane one version (2.x) behind its control plane and none ahead of it: an upgrade begins with the control ' +
    'plane, and pods keep the proxy they were created with until somebody restarts them. An edge release tells its version by ' +
    'date only, and versions come about twice a year: there, more than twelve months behind count. Edge and stable are not compared.',
  remedy:
    'Restart the workloads (kubectl rollout restart) so that they get the proxy of the control plane; upgrade the control plane first where proxies are ahead of it.',
  needs: { traffic: false, families: ['cluster', 'pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'proxy versions in use', query: population },
  controls: ['nist-cm-8', 'soc2-cc7.1'],
  row: z.object({
    clusterKey: z.string(),
    proxyVersion: z.string(),
    controlPlaneVersion: z.string(),
    ahead: z.boolean(),
    pods: z.number(),
    workloads: z.array(z.string()),
    workloadKeys: z.array(z.string()),
  }),
  message: ({ pods, workloads, proxyVersion, controlPlaneVersion, ahead }) => {
    const [named, more] = [workloads.slice(0, 5).join(', '), workloads.length - 5];
    return (
      `${pods === 1 ? '1 pod' : `${pods} pods`} of ${named}${more > 0 ? ` and ${more} more` : ''} ${pods === 1 ? 'has' : 'have'} proxy ${proxyVersion}, ` +
      `${ahead ? 'ahead of' : 'more than one version behind'} the control plane, which is ${controlPlaneVersion}`
    );
  },
  about: (row) => [
    { label: 'Cluster', key: row.clusterKey },
    ...row.workloadKeys.map((key) => ({ label: 'Workload', key })),
  ],
  fingerprint: (row) => [row.proxyVersion, row.ahead ? 'ahead' : 'behind'],
});
