import { defineCheck } from '../check.ts';
import facts from '../ways/facts.cypher';
import hops from '../ways/hops.cypher';
import { wayNeeds } from '../ways/way-needs.ts';
import population from './population.cypher';
import powers from './powers.cypher';
import { reachablePower, reachablePowerRow, readsPower } from './reachable-power.ts';

export const powerReachableFromExposed = defineCheck({
  id: 'power-reachable-from-exposed',
  group: 'rbac',
  title: 'no power over the cluster can be reached from exposed workloads',
  severity: 'high',
  rationale:
    'Calls that were seen and let in lead, one after the other, from a workload the entity model calls exposed to one whose ' +
    'ServiceAccount may read secrets, run commands in pods, make tokens or pods, act as others, change Linkerd policy or give ' +
    'itself more: whoever gets into the last acts as it. One finding a workload with powers, told by its shortest way; what ' +
    'Kubernetes, EKS and Linkerd bind for themselves is left out.',
  remedy:
    'Bind a role with only the verbs and resources the workload uses, in the namespace it needs them in; or deny the hops nobody needs.',
  needs: { ...wayNeeds, families: [...wayNeeds.families, 'bindings', 'roles', 'clusterroles', 'serviceaccounts'] },
  parameters: [],
  query: hops,
  more: [facts, powers],
  population: { noun: 'workloads with powers over the cluster', query: population },
  controls: [
    'soc2-cc6.3',
    'soc2-cc6.6',
    'iso27001-a.8.2',
    'pci4-7.2',
    'nist-ac-6',
    'nist-sc-7',
    'cis-k8s-5.1.2',
    'cis-k8s-5.1.8',
  ],
  step: { reads: readsPower, reduce: reachablePower },
  row: reachablePowerRow,
  message: (row) => {
    const can = `${row.holder} (ServiceAccount ${row.account}) may ${row.may}`;
    if (row.hops === 0) return `${can}, and is itself exposed to ${row.source}`;
    const hopsText = row.hops === 1 ? '1 hop' : `${row.hops} hops`;
    return `${can}, and can be reached from ${row.caller}, exposed to ${row.source}, in ${hopsText}: ${row.way}`;
  },
  about: (row) => [
    { label: 'Workload', key: row.holderKey },
    { label: 'Workload', key: row.callerKey },
  ],
  fingerprint: (row) => [row.holderKey],
});
