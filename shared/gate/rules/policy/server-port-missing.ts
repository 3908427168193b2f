import { nearest } from '../../../domain/configuration/nearest.ts';
import type { Server } from '../../../linkerd/policy/server.ts';
import { declaredPortPlaces } from '../../access/declared-port-places.ts';
import { type JudgedChange, stateRule, type Violation } from '../../rule.ts';
import { few, SERVER, serverIndex, type Wearer, workloadNames } from './server-index.ts';

export const serverPortMissing = stateRule({
  id: 'server-port-missing',
  group: 'policy',
  title: 'the workloads a Server selects have its port',
  severity: 'medium',
  rationale:
    'A named port that no selected pod has makes the Server claim nothing (reference 3.3): the port meant stays under the default policy. A number need not be declared to be claimed, so that is only a sign of a mistake and low.',
  remedy: 'Write the name or number of a port that the containers declare.',
  columns: ['object', 'namespace', 'server', 'port', 'workloads'],
  violations: (state, judged) => {
    const index = serverIndex(state);
    return index.servers.flatMap((server) => {
      const wearers = index.selected(server);
      return wearers.length === 0 || wearers.some((wearer) => hasPort(wearer, server.port))
        ? []
        : [toViolation(server, wearers, judged)];
    });
  },
});

/** The proxy's own ports are there once a pod is injected, whatever its template says (reference 4). */
const OWN = new Set<number | string>([4143, 4190, 4191, 'linkerd-admin', 'linkerd-proxy']);

const hasPort = ({ workload, sample }: Wearer, port: number | string): boolean =>
  OWN.has(port) || (typeof port === 'string' ? sample.namedPorts.has(port) : workload.ports.includes(port));

function toViolation({ namespace, name, port }: Server, wearers: readonly Wearer[], judged: JudgedChange): Violation {
  const key = `${SERVER}/${namespace}/${name}`;
  const workloads = workloadNames(wearers);
  const isName = typeof port === 'string';
  const told = isName
    ? wearers.flatMap(({ sample }) => [...sample.namedPorts.keys()])
    : wearers.flatMap(({ workload }) => workload.ports.map(String));
  const ports = [...new Set(told)].sort();
  const near = isName ? nearest(port, ports) : undefined;
  const has = ports.length > 0 ? `they have ${few(ports)}` : 'they declare none';
  const effect = isName ? 'so the Server claims nothing' : 'which is allowed, but likely a mistake';
  return {
    message: `Server ${namespace}/${name} is for port ${port}, which no container of ${few(workloads)} declares (${has}), ${effect}${near ? `; did you mean ${near}?` : ''}`,
    ...(isName ? {} : { severity: 'low' as const }),
    places: [
      { key, field: 'spec.port' },
      ...wearers.flatMap(({ workload }) => declaredPortPlaces(judged, workload, undefined)),
    ],
    fingerprint: [key, port],
    row: { object: `Server ${namespace}/${name}`, namespace, server: name, port, workloads },
  };
}
