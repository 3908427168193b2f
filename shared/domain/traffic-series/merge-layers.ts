/** What one layer tells of one pair and port, by window: `counts` runs parallel to `at`. */
type Told = {
  readonly callee: string;
  readonly port: number;
  readonly protocol: string;
  readonly at: readonly number[];
  readonly counts: readonly number[];
};

/** Counts are requests, or connections where the protocol is tcp. Ends are node keys. */
export type CalledWindows = Told & { readonly caller: string };

/** `identity` is the key of the Identity, or of the cluster's Unauthenticated. */
export type ArrivedWindows = Told & { readonly identity: string; readonly verdict: string };

/**
 * The two layers told as one edge. `count` is exact where neither layer is: a caller that dies takes its last counts with
 * it while the called side keeps them, and a called side that dies does the same, so in each window the greater one counts.
 * `verdicts` splits it; what was called but has no arrival to show (an unmeshed callee, say) is `unmatched`.
 */
export type MergedEdge = {
  readonly caller: string;
  readonly callee: string;
  readonly port: number;
  readonly unit: 'requests' | 'connections';
  readonly called: number;
  readonly arrived: number;
  readonly count: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly firstAt: number;
  readonly lastAt: number;
};

export const UNMATCHED = 'unmatched';

type Pair = Pick<MergedEdge, 'caller' | 'callee' | 'port' | 'unit'>;
type WindowCounts = { called: number; readonly arrived: Map<string, number> };

/**
 * Merges both layers per pair, port and window. `owners` are the workloads that carry an identity; only an identity of
 * exactly one names the caller. An identity that several share, or nobody known carries, stands as the caller itself, as
 * does the one without identity: its arrivals are told, but prove nothing about any one workload's calls.
 * `firstAt` and `lastAt` are the starts of the first and last active window.
 */
export function mergeLayers(
  calls: readonly CalledWindows[],
  arrivals: readonly ArrivedWindows[],
  owners: ReadonlyMap<string, readonly string[]>,
): MergedEdge[] {
  const edges = new Map<string, { readonly pair: Pair; readonly windows: Map<number, WindowCounts> }>();

  const eachWindow = (caller: string, told: Told, add: (window: WindowCounts, count: number) => void) => {
    const unit = told.protocol === 'tcp' ? 'connections' : 'requests';
    const pair: Pair = { caller, callee: told.callee, port: told.port, unit };
    const name = JSON.stringify(Object.values(pair));
    const edge = edges.get(name) ?? { pair, windows: new Map() };
    edges.set(name, edge);
    for (const [i, at] of told.at.entries()) {
      const window: WindowCounts = edge.windows.get(at) ?? { called: 0, arrived: new Map() };
      edge.windows.set(at, window);
      add(window, told.counts[i] ?? 0);
    }
  };

  for (const call of calls) {
    eachWindow(call.caller, call, (window, count) => {
      window.called += count;
    });
  }
  for (const arrival of arrivals) {
    eachWindow(callerOf(arrival.identity, owners), arrival, ({ arrived }, count) => {
      arrived.set(arrival.verdict, (arrived.get(arrival.verdict) ?? 0) + count);
    });
  }
  return [...edges.values()]
    .filter(({ windows }) => windows.size > 0)
    .map(({ pair, windows }) => mergeWindows(pair, windows));
}

function callerOf(identity: string, owners: ReadonlyMap<string, readonly string[]>): string {
  const [only, ...others] = owners.get(identity) ?? [];
  return only !== undefined && others.length === 0 ? only : identity;
}

function mergeWindows(pair: Pair, windows: ReadonlyMap<number, WindowCounts>): MergedEdge {
  const verdicts: Record<string, number> = {};
  const add = (verdict: string, count: number) => {
    if (count > 0) verdicts[verdict] = (verdicts[verdict] ?? 0) + count;
  };
  let [called, arrived, count, firstAt, lastAt] = [0, 0, 0, Number.POSITIVE_INFINITY, 0];
  for (const [at, window] of windows) {
    const arrivedHere = [...window.arrived.values()].reduce((total, one) => total + one, 0);
    for (const [verdict, one] of window.arrived) add(verdict, one);
    add(UNMATCHED, window.called - arrivedHere);
    called += window.called;
    arrived += arrivedHere;
    count += Math.max(window.called, arrivedHere);
    firstAt = Math.min(firstAt, at);
    lastAt = Math.max(lastAt, at);
  }
  return { ...pair, called, arrived, count, verdicts, firstAt, lastAt };
}
