import type { KnownWorkload } from '../../linkerd/explain/known-workloads.ts';
import { workloadKey } from '../../linkerd/explain/observed.ts';
import { hasPort } from '../../linkerd/policy/port-ranges.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import { countOf, isLetIn } from '../../questions/edges/shares.ts';
import type { Baseline } from '../baseline.ts';

/** Who was let in to one port, by the identity it shows. Instants are epoch milliseconds. */
export type SeenCaller = {
  /** Undefined: it showed none. */
  readonly identity: string | undefined;
  /** Workloads that called, as far as they are known, `namespace/name`. */
  readonly names: readonly string[];
  readonly requests: number;
  readonly connections: number;
  readonly first: number;
  readonly last: number;
};

/** All who were let in to one port of one workload. */
export type SeenPort = {
  readonly callee: KnownWorkload;
  readonly port: number;
  readonly callers: readonly SeenCaller[];
};

export type SeenCalls = { readonly ports: readonly SeenPort[]; readonly notes: readonly string[] };

/** The proxy's own ports: no reading tells of calls to them (shared/linkerd/traffic/groupings.ts). */
const ADMIN_PORTS = [4190, 4191];

/** Calls that were let in, by the port called. Denied ones never count, nor those that other verdicts tell apart. */
export function seenCallers(
  { cluster, traffic }: Pick<Baseline, 'cluster' | 'traffic'>,
  workloads: readonly KnownWorkload[],
  isWanted: (namespace: string) => boolean,
): SeenCalls {
  const known = new Map(workloads.map((workload) => [workloadKey(cluster, workload), workload]));
  const ports = new Map<
    string,
    { callee: KnownWorkload; port: number; callers: Map<string | undefined, SeenCaller> }
  >();
  const notes: string[] = [];
  for (const edge of traffic.edges) {
    const callee = known.get(edge.to.key);
    const [namespace = ''] = edge.to.name.split('/');
    if (!CALLEES.has(edge.to.label) || !isWanted(namespace) || ADMIN_PORTS.includes(edge.port) || !wasLetIn(edge))
      continue;
    if (callee === undefined || callee.instances.length === 0) {
      notes.push(`${edge.to.name} was called on port ${edge.port} and is gone: nothing is suggested for it`);
      continue;
    }
    const identities = identitiesOf(edge, known.get(edge.from.key));
    if (identities.length === 0) {
      notes.push(
        `${edge.from.name} called ${edge.to.name} on port ${edge.port}, but what identity it shows is not known: it is not admitted`,
      );
    }
    const name = JSON.stringify([edge.to.key, edge.port]);
    const seen = ports.get(name) ?? { callee, port: edge.port, callers: new Map() };
    ports.set(name, seen);
    for (const identity of identities)
      seen.callers.set(identity, together(seen.callers.get(identity), callerOf(edge, identity)));
  }
  return { ports: [...ports.values()].map((seen) => ({ ...seen, callers: [...seen.callers.values()] })), notes };
}

const CALLEES: ReadonlySet<string> = new Set(['Workload', 'ExternalWorkload']);

/** What only the caller tells of is no proof beside denials. */
const wasLetIn = ({ shares }: Edge): boolean =>
  shares.some((share) => isLetIn(share) && share.verdict !== 'unknown') || shares.every(isLetIn);

/** What its pods show when they call now; of what runs no more, what it showed. Undefined: no identity at all. */
function identitiesOf(
  { from, identity, port }: Edge,
  caller: KnownWorkload | undefined,
): readonly (string | undefined)[] {
  if (from.label === 'Unauthenticated') return [undefined];
  if (from.label === 'Identity') return [from.name];
  const { instances = [] } = caller ?? {};
  if (instances.length === 0) return identity === null ? [] : [identity];
  return [...new Set(instances.map((pod) => (hasPort(pod.skipOutbound, port) ? undefined : pod.identity)))];
}

function callerOf({ from, unit, shares, first, last }: Edge, identity: string | undefined): SeenCaller {
  const count = countOf(shares.filter(isLetIn));
  return {
    identity,
    names: from.label === 'Workload' ? [from.name] : [],
    requests: unit === 'requests' ? count : 0,
    connections: unit === 'connections' ? count : 0,
    first,
    last,
  };
}

/** What two edges, or two callers that are admitted as one, were seen to do. */
export const together = (one: SeenCaller | undefined, other: SeenCaller): SeenCaller =>
  one === undefined
    ? other
    : {
        identity: other.identity,
        names: [...new Set([...one.names, ...other.names])].sort(),
        requests: one.requests + other.requests,
        connections: one.connections + other.connections,
        first: Math.min(one.first, other.first),
        last: Math.max(one.last, other.last),
      };
