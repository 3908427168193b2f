import type { ClusterObservation } from '../../shared/domain/observation.ts';

/** One row of the recording's truth/edges.json: what an application process itself counted. */
export type TruthRow = {
  readonly direction: 'in' | 'out';
  readonly namespace: string;
  readonly workload: string;
  readonly protocol: 'http' | 'grpc' | 'tcp';
  readonly peer: string;
  readonly result: string;
  readonly count: number;
};

/** One caller, callee, port and outcome, in the words both sides can be told in. */
export type Edge = {
  readonly caller: string;
  readonly callee: string;
  readonly port: number;
  readonly outcome: string;
};
export type Counted = Edge & { readonly count: number };

/** The recording's two outside hosts (its README); Linkerd knows only their addresses. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'api.payments.example': '203.0.113.10',
  'db.partner.example': '203.0.113.11',
};

/** gRPC results as the applications wrote them: the code, then its message. */
const GRPC: Readonly<Record<string, string>> = {
  OK: 'OK',
  Unknown: 'UNKNOWN',
  Unavailable: 'UNAVAILABLE',
  PermissionDenied: 'PERMISSION_DENIED',
};

/** What the caller's own proxy refuses to send out is told by the EgressNetwork that refused, not by address. */
export const REFUSED_EGRESS = 'refused egress';

/** What callers counted, added up over operations; Services are told by the workload and port behind them. */
export function truthOfCallers(rows: readonly TruthRow[], cluster: ClusterObservation): Counted[] {
  const totals = new Map<string, Counted>();
  for (const row of rows) {
    if (row.direction !== 'out') continue;
    const edge = {
      caller: `${row.namespace}/${row.workload}`,
      ...behind(row.peer, cluster),
      ...(row.result.includes('l5d-proxy-error') && { callee: REFUSED_EGRESS }),
      outcome: outcomeOf(row),
    };
    const key = JSON.stringify(edge);
    totals.set(key, { ...edge, count: (totals.get(key)?.count ?? 0) + row.count });
  }
  return [...totals.values()];
}

function outcomeOf({ protocol, result }: TruthRow): string {
  if (protocol === 'grpc') return GRPC[result.split(' ')[0] ?? ''] ?? result;
  if (protocol === 'http') return result.split(' ')[0] ?? result;
  return result === 'ok' ? 'connected' : 'denied';
}

function behind(peer: string, { entities, relations, cluster }: ClusterObservation): { callee: string; port: number } {
  const [host = '', port = ''] = peer.split(':');
  const address = OUTSIDE[host];
  if (address !== undefined) return { callee: address, port: Number(port) };
  const [service, namespace] = host.split('.');
  const key = `${cluster}/${namespace}/Service/${service}`;
  const ports = entities.find((entity) => entity.key === key)?.props.ports;
  const target = Array.isArray(ports) ? ports.map(String).find((text) => text.includes(`:${port}->`)) : undefined;
  const selected = relations.find(({ type, from }) => type === 'SELECTS' && from.key === key)?.to.key.split('/');
  if (selected === undefined || target === undefined) throw new Error(`the recording has no Service for ${peer}`);
  const number = Number(/->(\d+)/.exec(target)?.[1] ?? port);
  return { callee: `${selected[1]}/${selected[3]}`, port: number };
}
