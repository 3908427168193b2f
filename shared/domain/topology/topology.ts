/** Why a share of an edge's requests got no further: the verdicts of `ARRIVED_AT`, and the caller's own proxy. */
const TURNED_AWAY: ReadonlySet<string> = new Set(['denied', 'noRoute', 'rateLimited', 'terminated', 'refused']);

/**
 * A node the picture may show. `meshed` is null where no pod tells; `namespace` where it lives in none. `linkerd` = of the
 * control plane or one of its extensions.
 */
export type TopologyNode = {
  readonly label: string;
  readonly key: string;
  readonly namespace: string | null;
  readonly kind: string | null;
  readonly name: string;
  readonly meshed: boolean | null;
  readonly linkerd: boolean;
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

export type TopologyScope = {
  /** Only what lives there, with its callers and callees. */
  readonly namespace?: string | undefined;
  /** Also Linkerd's own namespaces, which every proxy calls. */
  readonly withLinkerd?: boolean | undefined;
};

/** The topology of a period. A namespace of Linkerd's own is shown when it is the one asked for. */
export function topologyOf(
  period: Pick<Topology, 'cluster' | 'since' | 'at'>,
  nodes: readonly TopologyNode[],
  calls: readonly MergedCalls[],
  { namespace, withLinkerd = false }: TopologyScope = {},
): Topology {
  const wanted = (node: TopologyNode): boolean => namespace === undefined || node.namespace === namespace;
  const visible = nodes.filter((node) => withLinkerd || !node.linkerd || node.namespace === namespace);
  const known = new Set(visible.map(({ key }) => key));
  const inside = new Set(visible.filter(wanted).map(({ key }) => key));
  const edges = calls
    .filter(({ from, to }) => known.has(from.key) && known.has(to.key) && (inside.has(from.key) || inside.has(to.key)))
    .map(toEdge)
    .sort(byEnds);
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const shown = visible.filter(({ key, label }) => ends.has(key) || (label === 'Workload' && inside.has(key)));
  return { ...period, nodes: shown, edges };
}

/** Whatever the order they were read in, the same calls are told and drawn the same. */
function byEnds(a: TopologyEdge, b: TopologyEdge): number {
  const [first, second] = [a, b].map(({ from, to, port, unit }) => JSON.stringify([from, to, port, unit]));
  if (first === second) return 0;
  return (first as string) < (second as string) ? -1 : 1;
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
