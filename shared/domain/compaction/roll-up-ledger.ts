import { bucketOf, type Grain } from '../traffic-series/bucket.ts';

/** The ledger's entry of a traffic window, or, with `windows`, of all windows that begin in an hour or a day. */
export type WindowEntry = {
  readonly key: string;
  readonly from: number;
  readonly at: number;
  readonly readAt: number;
  readonly complete: boolean;
  readonly windows?: number | null;
  readonly coveredMs?: number | null;
  readonly partialWindows?: number | null;
};

/** What is left of a span's entries: what it covered, and how many of its windows were read only in part. */
export type RolledEntry = Required<{ readonly [Name in keyof WindowEntry]: NonNullable<WindowEntry[Name]> }> & {
  readonly cluster: string;
  readonly source: 'traffic';
};

/**
 * The entries of one cluster as one a span. Of several readings of a window (those that begin together) a whole one
 * stands before one that was read in part, as for questions. Rolling up what was rolled up before changes nothing.
 */
export function rollUpWindows(cluster: string, entries: readonly WindowEntry[], grain: Grain): RolledEntry[] {
  const readings = [...Map.groupBy(entries, ({ from }) => from).values()].map(standing);
  const spans = Map.groupBy(readings, ({ from }) => bucketOf(from, grain));
  return [...spans].map(([span, windows]) => {
    const sum = (of: (one: ReturnType<typeof standing>) => number) =>
      windows.reduce((total, one) => total + of(one), 0);
    const partialWindows = sum((one) => one.partialWindows);
    return {
      key: `${cluster}/traffic/${grain}/${span}`,
      cluster,
      source: 'traffic',
      from: Math.min(...windows.map(({ from }) => from)),
      at: Math.max(...windows.map(({ at }) => at)),
      readAt: Math.max(...windows.map(({ readAt }) => readAt)),
      complete: partialWindows === 0,
      windows: sum((one) => one.windows),
      coveredMs: sum((one) => one.coveredMs),
      partialWindows,
    };
  });
}

function standing(readings: readonly WindowEntry[]) {
  const [first] = readings as [WindowEntry];
  const at = Math.max(...readings.map((one) => one.at));
  return {
    from: first.from,
    at,
    readAt: Math.max(...readings.map(({ readAt }) => readAt)),
    windows: first.windows ?? 1,
    coveredMs: first.coveredMs ?? at - first.from,
    partialWindows: first.partialWindows ?? (readings.some(({ complete }) => complete) ? 0 : 1),
  };
}

/** The ledger's entry of a scan of objects or certificates. */
export type ScanEntry = {
  readonly key: string;
  readonly at: number;
  readonly readAt: number;
  readonly families: readonly string[];
};

/** The scans of one source that a coarser ledger does without: in each hour or day the newest of each family is kept. */
export function scansToForget(scans: readonly ScanEntry[], grain: Grain): string[] {
  const told = new Set<string>();
  const newestFirst = scans.toSorted((a, b) => b.at - a.at || b.readAt - a.readAt || (a.key < b.key ? 1 : -1));
  return newestFirst.flatMap(({ key, at, families }) => {
    const news = families.map((family) => `${bucketOf(at, grain)} ${family}`).filter((one) => !told.has(one));
    for (const one of news) told.add(one);
    return news.length > 0 ? [] : [key];
  });
}
