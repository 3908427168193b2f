import {
  type Arrival,
  type Call,
  type Callee,
  OBSERVATION_SCHEMA,
  type TrafficObservation,
} from '../../domain/observation.ts';
import { alignedWindows } from '../../domain/window.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { Baseline } from '../baseline.ts';

const VERDICTS: ReadonlySet<string> = new Set<Arrival['verdict']>([
  'allowed',
  'audited',
  'denied',
  'noRoute',
  'rateLimited',
  'terminated',
]);

/**
 * All calls of a baseline as one window, the last whole one before its instant: a baseline tells when a call was seen first
 * and last, and not how often in between.
 */
export function observedCalls({ cluster, at, traffic }: Baseline, periodMs: number): TrafficObservation | undefined {
  const window = alignedWindows(Math.max(0, at - 2 * periodMs), at, periodMs).at(-1);
  if (window === undefined || traffic.edges.length === 0) return undefined;
  return {
    schema: OBSERVATION_SCHEMA,
    id: `${cluster}/traffic/${window.from}`,
    cluster,
    source: 'traffic',
    at: window.to,
    readAt: window.to,
    window,
    calls: traffic.edges.flatMap(callOf),
    arrivals: traffic.edges.flatMap((edge) => arrivalsOf(cluster, edge)),
    coverage: { complete: true, scrapes: [], targetsReadRaw: 0, notes: [] },
  };
}

function callOf(edge: Edge): Call[] {
  const callee = calleeOf(edge.to);
  if (edge.from.label !== 'Workload' || callee === undefined) return [];
  const http = edge.unit === 'requests';
  const refused = edge.shares.reduce((sum, { verdict, count }) => sum + (verdict === 'refused' ? count : 0), 0);
  const [serverIdentity] = edge.serverIdentities;
  return [
    {
      caller: workloadOf(edge.from),
      callee,
      port: edge.port,
      protocol: http ? 'http' : 'tcp',
      tls: tlsOf(edge),
      ...(serverIdentity === undefined ? {} : { serverIdentity }),
      requests: http ? edge.count : 0,
      failures: http ? edge.shares.reduce((sum, { failures }) => sum + failures, 0) : 0,
      refused,
      connections: http ? 0 : edge.count,
      bytesSent: 0,
      bytesReceived: 0,
      outcomes: {},
    },
  ];
}

/** What the called side told. */
function arrivalsOf(cluster: string, edge: Edge): Arrival[] {
  if (edge.to.label !== 'Workload') return [];
  const identity = edge.from.label === 'Identity' ? edge.from.key.slice(`${cluster}/Identity/`.length) : edge.identity;
  return edge.shares.flatMap(({ verdict, count, failures, policies }) => {
    if (!isVerdict(verdict)) return [];
    return {
      ...(identity === null ? {} : { identity }),
      workload: workloadOf(edge.to),
      port: edge.port,
      protocol: edge.unit === 'requests' ? 'http' : 'tcp',
      tls: tlsOf(edge),
      verdict,
      ...policyOf(verdict, policies),
      requests: count,
      failures,
      outcomes: {},
    } satisfies Arrival;
  });
}

/** A baseline keeps one name of a policy: of what let calls in, of the limit they met, else of the Server. */
function policyOf(
  verdict: Arrival['verdict'],
  policies: readonly string[],
): Pick<Arrival, 'server' | 'authorization' | 'rateLimit'> {
  const server = { kind: 'default', name: 'unknown' };
  const [kind, name] = policies[0]?.split(',')[0]?.split('/') ?? [];
  if (kind === undefined || name === undefined) return { server };
  if (verdict === 'rateLimited') return { server, rateLimit: { kind, name } };
  const letIn = verdict === 'allowed' || verdict === 'audited';
  return letIn && kind.toLowerCase() !== 'server'
    ? { server, authorization: { kind, name } }
    : { server: { kind, name } };
}

const isVerdict = (verdict: string): verdict is Arrival['verdict'] => VERDICTS.has(verdict);
const tlsOf = ({ mTls }: Edge): string => (mTls ? 'true' : 'no_identity');

/** `<cluster>/<namespace>/<kind>/<name>`. */
function workloadOf({ key }: Edge['from']) {
  const [, namespace = '', kind = '', name = ''] = key.split('/');
  return { namespace, kind, name };
}

function calleeOf(node: Edge['to']): Callee | undefined {
  const { namespace, name, kind } = workloadOf(node);
  if (node.label === 'Workload') return { type: 'workload', namespace, kind, name };
  if (node.label === 'ExternalWorkload') return { type: 'externalWorkload', namespace, name };
  if (node.label === 'Service') return { type: 'service', namespace, name };
  if (node.label === 'EgressNetwork') return { type: 'egressNetwork', namespace, name };
  return node.label === 'External' ? { type: 'external', address: node.name } : undefined;
}
