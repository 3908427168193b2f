import { nearest } from '../../../domain/configuration/nearest.ts';
import { pairs } from '../../../kubernetes/kubernetes-object.ts';
import type { Server } from '../../../linkerd/policy/server.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { few, SERVER, type ServerIndex, serverIndex } from './server-index.ts';

export const serverSelectsNothing = stateRule({
  id: 'server-selects-nothing',
  group: 'policy',
  title: 'every Server selects a workload',
  severity: 'medium',
  rationale:
    'No pod, pod template or ExternalWorkload of the namespace has the labels the Server asks for (reference 3.3), so the port it was written for is under the default policy, and every authorization and route on the Server counts for nothing.',
  remedy:
    'Write labels that the pods carry (those of the pod template, not of the Deployment), in the namespace of the pods.',
  columns: ['object', 'namespace', 'server'],
  violations: (state) => {
    const index = serverIndex(state);
    return index.servers.flatMap((server) => (index.selected(server).length > 0 ? [] : [toViolation(server, index)]));
  },
});

function toViolation(server: Server, index: ServerIndex): Violation {
  const { namespace, name, pods, externalWorkloads } = server;
  const key = `${SERVER}/${namespace}/${name}`;
  const what = pods ? 'pod' : 'ExternalWorkload';
  const wanted = pairs((pods ?? externalWorkloads)?.matchLabels).join(', ') || 'what its selector asks for';
  const untold = pods ? index.untold(namespace) : [];
  const unknown =
    untold.length > 0
      ? ` (not known of ${few(untold.map((workload) => workload.name).sort())}, of which nothing runs)`
      : '';
  return {
    message: `Server ${namespace}/${name} selects no ${what}: none in ${namespace} carries ${wanted}${unknown}, so its port is under the default policy${hint(server, index)}`,
    ...(untold.length > 0 ? { severity: 'low' as const } : {}),
    places: [{ key, field: pods ? 'spec.podSelector' : 'spec.externalWorkloadSelector' }],
    fingerprint: [key],
    row: { object: `Server ${namespace}/${name}`, namespace, server: name },
  };
}

/** The label that no workload has in that form, and the value that was likely meant. */
function hint({ namespace, pods, externalWorkloads }: Server, index: ServerIndex): string {
  const wearers = index.wearers(namespace).filter(({ sample }) => (sample.kind === 'ExternalWorkload') === !pods);
  for (const [label, value] of Object.entries((pods ?? externalWorkloads)?.matchLabels ?? {})) {
    const values = new Set(wearers.flatMap(({ sample }) => sample.labels.get(label) ?? []));
    if (values.has(value)) continue;
    const near = nearest(value, [...values].sort());
    if (near !== undefined) return `; did you mean ${label}=${near}?`;
  }
  return '';
}
