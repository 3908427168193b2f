import type { TrafficObservation } from '../../shared/domain/observation.ts';

/** One row of `linkerd viz edges -o json`. */
export type VizEdge = {
  readonly src: string;
  readonly src_namespace: string;
  readonly dst: string;
  readonly dst_namespace: string;
  readonly client_id: string;
  readonly no_tls_reason: string;
};

/** One row of `linkerd viz authz deploy -o json`. */
export type VizAuthz = {
  readonly route: string;
  readonly server: string;
  readonly authorization: string;
  readonly unauthorized: number;
  readonly rps: number;
};

export type Explained = { readonly what: string; readonly explanation: string; readonly wrong: boolean };

const text = ({ src_namespace, src, dst_namespace, dst }: VizEdge): string =>
  `${src_namespace}/${src} → ${dst_namespace}/${dst}`;

/** What our edges say of each row of theirs, up to the instant they were asked; `explanation` '' = nothing does. */
export function explainEdges(rows: readonly VizEdge[], windows: readonly TrafficObservation[]): Explained[] {
  return rows.map((row) => {
    const calls = windows.flatMap((window) =>
      window.calls.filter(({ caller, callee }) => {
        const ends = callee.type === 'workload' && callee.name === row.dst && callee.namespace === row.dst_namespace;
        return ends && caller.name === row.src && caller.namespace === row.src_namespace;
      }),
    );
    if (calls.length === 0) return { what: text(row), explanation: scrapeOf(row), wrong: false };
    const denied = deniedOf(row, windows);
    const allowed = windows.some((window) =>
      window.arrivals.some((one) => one.verdict === 'allowed' && arrivedFor(row, one)),
    );
    const secured = row.no_tls_reason === '';
    const wrong = secured && denied > 0 && !allowed;
    return {
      what: text(row),
      explanation: sentence(calls.length > 0 && calls.every(({ tls }) => tls === 'true'), denied, allowed),
      wrong,
    };
  });
}

function sentence(mTls: boolean, denied: number, allowed: boolean): string {
  const how = mTls ? 'mTLS' : 'no mTLS';
  if (denied === 0) return `called, ${how}`;
  return allowed ? `called, ${how}, ${denied} denied` : `called, ${how}, every one of ${denied} denied`;
}

/** The proxies' admin port is no business edge; viz lists who holds a connection to it. */
const scrapeOf = (row: VizEdge): string =>
  row.src === 'prometheus' ? 'scrapes of the proxy admin port 4191, left out on purpose' : '';

type Arrived = TrafficObservation['arrivals'][number];
const arrivedFor = (row: VizEdge, { identity, workload }: Arrived): boolean =>
  (identity ?? '').startsWith(`${row.client_id}.`) &&
  workload.name === row.dst &&
  workload.namespace === row.dst_namespace;

const deniedOf = (row: VizEdge, windows: readonly TrafficObservation[]): number =>
  windows
    .flatMap(({ arrivals }) => arrivals.filter((one) => one.verdict === 'denied' && arrivedFor(row, one)))
    .reduce((sum, { requests }) => sum + requests, 0);

/** What our arrivals in a namespace say of each row of viz authz. */
export function explainAuthz(
  rows: readonly VizAuthz[],
  namespace: string,
  windows: readonly TrafficObservation[],
): Explained[] {
  const arrivals = windows.flatMap((window) =>
    window.arrivals.filter(({ workload }) => workload.namespace === namespace),
  );
  return rows.map((row) => {
    const what = `${namespace}: ${row.route}, ${row.server}, ${row.authorization || 'no authorization'}`;
    if (row.route === 'probe') return { what, explanation: 'kubelet probes, left out on purpose', wrong: false };
    const server = row.server.replace(/^default:/, '');
    const authorization = row.authorization.split('/')[1];
    const found = arrivals.filter(
      (one) => one.server.name === server && one.route?.name === row.route && one.authorization?.name === authorization,
    );
    const total = found.reduce((sum, { requests }) => sum + requests, 0);
    const verdicts = [...new Set(found.map(({ verdict }) => verdict))].join(', ');
    if (total > 0) return { what, explanation: `${total} ${verdicts} so far`, wrong: false };
    return {
      what,
      explanation: row.server.startsWith('default:') ? 'scrapes of the proxy admin port 4191, left out on purpose' : '',
      wrong: false,
    };
  });
}

/** Edges of ours that no row of viz edges has, and why it cannot have them. */
export function missingFromViz(windows: readonly TrafficObservation[]): { what: string; why: string }[] {
  const missing = new Map([
    ...windows.flatMap(({ calls }) => calls.flatMap(missingCall)),
    ...windows.flatMap(({ arrivals }) => arrivals.flatMap(missingArrival)),
  ]);
  return [...missing].map(([what, why]) => ({ what, why })).sort((a, b) => (a.what < b.what ? -1 : 1));
}

function missingCall({
  caller,
  callee,
  port,
  protocol,
  refused,
}: TrafficObservation['calls'][number]): [string, string][] {
  const from = `${caller.namespace}/${caller.name}`;
  if (callee.type === 'external') return [[`${from} → ${callee.address}:${port}`, 'egress']];
  const to = `${from} → ${callee.namespace}/${callee.name}:${port}`;
  if (callee.type === 'egressNetwork' && refused > 0) return [[to, "egress, refused by the caller's own proxy"]];
  return callee.type === 'workload' && protocol === 'tcp' ? [[to, 'opaque TCP']] : [];
}

function missingArrival({ identity, workload, port, verdict }: Arrived): [string, string][] {
  if (identity !== undefined || workload.namespace.startsWith('linkerd')) return [];
  return [
    [`unauthenticated → ${workload.namespace}/${workload.name}:${port}`, `a caller outside the mesh, ${verdict}`],
  ];
}
