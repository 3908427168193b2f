import { byAge } from '../../../linkerd/policy/policy-object.ts';
import type { Server } from '../../../linkerd/policy/server.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { few, SERVER, type ServerIndex, serverIndex, type Wearer } from './server-index.ts';

export const serversOverlap = stateRule({
  id: 'servers-overlap',
  group: 'policy',
  title: 'no two Servers claim one port of a workload',
  severity: 'medium',
  rationale:
    'The oldest Server counts, then the first by name; the other is ignored with all its authorizations and routes (reference 3.3), and nothing says so. A younger one that says `opaque` still turns off HTTP for meshed callers (oracle 3). Which is the oldest changes when one is deleted and made again.',
  remedy: 'Keep one Server a port: delete the younger, or narrow the selectors so that they share no workload.',
  columns: ['object', 'namespace', 'server', 'counts', 'ports', 'workloads'],
  violations: (state) => [...overlaps(serverIndex(state)).values()].map(toViolation),
});

type Overlap = {
  readonly winner: Server;
  readonly loser: Server;
  readonly ports: Set<number>;
  readonly workloads: Set<string>;
};

/** A port of pods that are alike, and the Servers that claim it. */
type Claim = { readonly workload: string; readonly port: number; readonly servers: Server[] };

function overlaps(index: ServerIndex): Map<string, Overlap> {
  const found = new Map<string, Overlap>();
  for (const { workload, port, servers } of claimsOf(index)) {
    const [winner, ...losers] = servers.toSorted(byAge);
    for (const loser of losers) {
      const id = `${loser.namespace}/${winner?.name}/${loser.name}`;
      const overlap = found.get(id) ?? { winner: winner as Server, loser, ports: new Set(), workloads: new Set() };
      overlap.ports.add(port);
      overlap.workloads.add(workload);
      found.set(id, overlap);
    }
  }
  return found;
}

function claimsOf(index: ServerIndex): Claim[] {
  const claims = new Map<Wearer, Map<number, Claim>>();
  for (const server of index.servers) {
    for (const wearer of index.selected(server)) {
      const ports = claims.get(wearer) ?? new Map<number, Claim>();
      claims.set(wearer, ports);
      for (const port of portsOf(server, wearer)) {
        const { namespace, name } = wearer.workload;
        const claim = ports.get(port) ?? { workload: `${namespace}/${name}`, port, servers: [] };
        ports.set(port, claim);
        claim.servers.push(server);
      }
    }
  }
  return [...claims.values()].flatMap((ports) => [...ports.values()]);
}

const portsOf = ({ port }: Server, { sample }: Wearer): ReadonlySet<number> =>
  new Set(typeof port === 'number' ? [port] : sample.namedPorts.get(port));

function toViolation({ winner, loser, ports, workloads }: Overlap): Violation {
  const { namespace, name } = loser;
  const key = (server: Server) => `${SERVER}/${namespace}/${server.name}`;
  const why = winner.createdAt === loser.createdAt ? 'comes first by name' : 'is older';
  const names = [...workloads].sort();
  const numbers = [...ports].sort((a, b) => a - b).map(String);
  const opaque =
    loser.protocol === 'opaque' && winner.protocol !== 'opaque'
      ? ', save that its opaque makes meshed callers send bytes'
      : '';
  return {
    message: `Servers ${namespace}/${winner.name} and ${namespace}/${name} both claim port ${numbers.join(', ')} of ${few(names)}: ${winner.name} ${why} and counts, ${name} is ignored with its authorizations and routes${opaque}`,
    places: [
      { key: key(loser), field: 'spec.port' },
      { key: key(winner), field: 'spec.port' },
    ],
    fingerprint: [key(winner), key(loser)],
    row: {
      object: `Server ${namespace}/${name}`,
      namespace,
      server: name,
      counts: winner.name,
      ports: numbers,
      workloads: names,
    },
  };
}
