import { type Horizon, horizonOf, type Spans } from '../../shared/domain/compaction/horizon.ts';
import { budgetUsed, type GraphSize, tightenSpans, WANTED_USE } from '../../shared/domain/compaction/tighten.ts';

/** `Fence` is the right to write one cluster (shared/graph/lease.ts). */
export type Deps<Fence> = {
  readonly ensureSchema: () => Promise<void>;
  readonly readClusters: () => Promise<readonly string[]>;
  readonly withLease: (cluster: string, work: (fence: Fence) => Promise<void>) => Promise<void>;
  /** Tells writers since when what is kept; answers the horizon that counts, which never goes back. */
  readonly raiseHorizon: (fence: Fence, horizon: Horizon) => Promise<Horizon>;
  /** In order. Each does one batch and answers how much it changed; 0 = nothing is left. */
  readonly steps: readonly {
    readonly name: string;
    readonly run: (fence: Fence, horizon: Horizon) => Promise<number>;
  }[];
  readonly readSize: () => Promise<GraphSize>;
  /** The instant of the oldest scan of any cluster. */
  readonly readOldest: () => Promise<number | undefined>;
  readonly now: () => number;
  /** Whether there is time for another batch. */
  readonly hasTime: () => boolean;
  /** Long enough for a writer that waits for the lease to get it. */
  readonly pause: () => Promise<void>;
};

export type Retention = Spans & { readonly budget?: GraphSize | undefined };

export type Compaction = {
  /** Nothing is left to do; else the time was up and the next run goes on. */
  readonly finished: boolean;
  /** How much each kind of step changed: relationships, nodes and properties. */
  readonly changed: Readonly<Record<string, number>>;
  readonly size: GraphSize;
  readonly budget?: {
    /** Percent. */
    readonly used: number;
    readonly fits: boolean;
    /** The retention it took, where it is shorter than the configured one. */
    readonly tightened: Required<Spans> | undefined;
  };
};

/** A writer never waits longer than this for compaction to make room. */
const SLICE_MS = 10_000;

/**
 * Keeps the graph as small as `retention` says, one cluster after another, each under its lease: old windows become days,
 * days months, what ended long ago goes. Where there is a budget and the graph does not keep to it, more is given up, the
 * oldest first; live facts, open findings and the last day never are. Stop it anywhere and run it again: the end is the same.
 */
export async function compactGraph<Fence>(deps: Deps<Fence>, retention: Retention): Promise<Compaction> {
  await deps.ensureSchema();
  const now = deps.now();
  const clusters = await deps.readClusters();
  const changed: Record<string, number> = {};
  const compact = (spans: Spans) => compactClusters(deps, clusters, horizonOf(spans, now), changed);

  let finished = await compact(retention);
  let size = await deps.readSize();
  const { budget, ...configured } = retention;
  if (!budget) return { finished, changed, size };

  let tightened: Required<Spans> | undefined;
  const age = now - ((await deps.readOldest()) ?? now);
  while (finished && budgetUsed(size, budget) > WANTED_USE) {
    const shorter = tightenSpans(tightened ?? configured, age);
    if (!shorter) break;
    tightened = shorter;
    finished = await compact(shorter);
    size = await deps.readSize();
  }
  const used = budgetUsed(size, budget);
  return { finished, changed, size, budget: { used, fits: used <= 100, tightened } };
}

async function compactClusters<Fence>(
  deps: Deps<Fence>,
  clusters: readonly string[],
  horizon: Horizon,
  changed: Record<string, number>,
): Promise<boolean> {
  for (const cluster of clusters) {
    if (!(await compactCluster(deps, cluster, horizon, changed))) return false;
  }
  return true;
}

/** In slices, between which the cluster's writer has its turn. Answers whether all was done. */
async function compactCluster<Fence>(
  deps: Deps<Fence>,
  cluster: string,
  horizon: Horizon,
  changed: Record<string, number>,
): Promise<boolean> {
  const left = [...deps.steps];
  while (left.length > 0) {
    if (!deps.hasTime()) return false;
    await deps.withLease(cluster, async (fence) => {
      const kept = await deps.raiseHorizon(fence, horizon);
      const end = deps.now() + SLICE_MS;
      for (let step = left[0]; step && deps.now() < end && deps.hasTime(); step = left[0]) {
        const count = await step.run(fence, kept);
        changed[step.name] = (changed[step.name] ?? 0) + count;
        if (count === 0) left.shift();
      }
    });
    if (left.length > 0) await deps.pause();
  }
  return true;
}
