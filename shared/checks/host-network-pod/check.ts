import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const hostNetworkPod = defineCheck({
  id: 'host-network-pod',
  group: 'mesh',
  title: 'pods of meshed namespaces have a network of their own',
  severity: 'low',
  rationale:
    "A pod on the host's network can never have a proxy, whatever the namespace asks for: its calls arrive without identity from " +
    'an address it shares with the kubelet and with every such pod of the node, so neither policy nor this graph can name it. ' +
    'Left out: pods that say linkerd.io/inject: disabled, and finished ones.',
  remedy:
    'Drop hostNetwork if the pod does not need it. If it does, say so with linkerd.io/inject: disabled on its pod template, or move it to a namespace without injection.',
  needs: { traffic: false, families: ['namespaces', 'pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'workloads with pods in meshed namespaces', query: population },
  controls: ['cis-k8s-5.2.5', 'nist-sc-7', 'iso27001-a.8.22'],
  row: z.object({
    namespaceKey: z.string(),
    workloadKey: z.string(),
    workload: z.string(),
    pods: z.array(z.string()),
    nodes: z.array(z.string()),
  }),
  message: (row) =>
    `${row.workload} runs ${row.pods.length === 1 ? 'a pod' : `${row.pods.length} pods`} on the network of ` +
    `${row.nodes.length === 1 ? `node ${row.nodes[0]}` : `${row.nodes.length} nodes`} in a meshed namespace: Linkerd cannot inject it`,
  about: (row) => [
    { label: 'Workload', key: row.workloadKey },
    { label: 'Namespace', key: row.namespaceKey },
  ],
  fingerprint: (row) => [row.workloadKey],
});
