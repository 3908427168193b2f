/** Why a share of an edge's requests got no further: the verdicts of `ARRIVED_AT`, and the caller's own proxy. */
const TURNED_AWAY: ReadonlySet<string> = new Set(['denied', 'noRoute', 'rateLimited', 'terminated', 'refused']);

/** A node the picture may show. `meshed` is null where no pod tells; `namespace` where it lives in none. */
export type TopologyNode = {
  readonly label: string;
  readonly key: string;
  readonly namespace: string | null;
  readonly kind: string | null;
  readonly name: string;
  readonly meshed: boolean | null;
  readonly owner: string | null;
  readonly holds: readonly string[];
};

/**
 * All calls of one pair and port in the period, both layers merged. Ends are node keys. `denied` are those turned away
 * by policy or by the caller's own proxy, `failures` the errors among the rest; `mTls` is null where nothing was sent.
 */
export type TopologyEdge = {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly unit: 'requests' | 'connections';
  readonly count: number;
  readonly failures: number;
  readonly denied: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly policies: readonly string[];
  readonly mTls: boolean | null;
  readonly identity: string | null;
  readonly first: number;
  readonly last: number;
};

/** Who called whom in `[since, at)`: workloads that are live at `at`, whatever took part in a call, and the calls. */
export type Topology = {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
};

/** A merged edge as the questions make it (shared/questions/edges). */
export type MergedCalls = {
  readonly from: { readonly key: string };
  readonly to: { readonly key: string };
  readonly port: number;
  readonly unit: 'requests' | 'connections';
  readonly shares: readonly {
    readonly verdict: string;
    readonly count: number;
    readonly failures: number;
    readonly policies: readonly string[];
  }[];
  readonly count: number;
  readonly mTls: boolean;
  readonly identity: string | null;
  readonly first: number;
  readonly last: number;
};

/** The topology of a period; with `namespace`, what lives there and what it calls or is called by. */
export function topologyOf(
  { cluster, since, at }: Pick<Topology, 'cluster' | 'since' | 'at'>,
  nodes: readonly TopologyNode[],
  calls: readonly MergedCalls[],
  namespace?: string,
): Topology {
  const edges = calls.map(toEdge);
  if (namespace === undefined) return { cluster, since, at, nodes, edges };
  const inside = new Set(nodes.filter((node) => node.namespace === namespace).map(({ key }) => key));
  const kept = edges.filter(({ from, to }) => inside.has(from) || inside.has(to));
  const shown = new Set([...inside, ...kept.flatMap(({ from, to }) => [from, to])]);
  return { cluster, since, at, nodes: nodes.filter(({ key }) => shown.has(key)), edges: kept };
}

function toEdge({ from, to, port, unit, shares, count, mTls, identity, first, last }: MergedCalls): TopologyEdge {
  const [away, through] = [true, false].map((wanted) => shares.filter((s) => TURNED_AWAY.has(s.verdict) === wanted));
  const sum = (some: typeof shares = [], of: 'count' | 'failures') => some.reduce((total, one) => total + one[of], 0);
  const sent = shares.some(({ verdict }) => verdict !== 'refused');
  return {
    from: from.key,
    to: to.key,
    port,
    unit,
    count,
    failures: sum(through, 'failures'),
    denied: sum(away, 'count'),
    verdicts: Object.fromEntries(shares.map((share) => [share.verdict, share.count])),
    policies: [...new Set(shares.flatMap(({ policies }) => policies))].sort(),
    mTls: sent ? mTls : null,
    identity,
    first,
    last,
  };
}
