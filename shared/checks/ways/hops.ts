import type { FactRow, HopRow, WayRow } from './way-row.ts';

/** A pair of which something got through, by all its ports. `byDefault`: the default policies that let it in somewhere. */
export type Hop = {
  readonly from: string;
  readonly to: string;
  readonly mTls: boolean;
  readonly byDefault: readonly string[];
};

type Draft = { letIn: boolean; denied: boolean; called: boolean; mTls: boolean; byDefault: readonly string[] };

/** Shared by the hundreds of thousands of hops that no default let in. */
const NONE: readonly string[] = [];

export const isHop = (row: WayRow): row is HopRow => row.layer === 'CALLED' || row.layer === 'ARRIVED_AT';
export const isFact = (row: WayRow): row is FactRow => !isHop(row);

/**
 * Both layers as hops, as questions/edges tells them, without their counts: an identity that one workload carries is that
 * workload; one that several share, or nobody here, stands for itself where none of them was seen to call. A pair is no
 * hop by a port where all it sent was turned away; where no called proxy tells, it got through.
 */
export function toHops(rows: readonly WayRow[]): Hop[] {
  const carriers = new Map(
    rows.filter(isFact).flatMap(({ layer, key, from }) => (layer === 'CARRIED_BY' ? [[key, [...new Set(from)]]] : [])),
  ) as Map<string, readonly string[]>;
  const ports = new Map<string, Map<string, Draft>>();
  const draftsAt = ({ key, port }: HopRow): Map<string, Draft> => {
    const name = `${port} ${key}`;
    const drafts = ports.get(name) ?? new Map<string, Draft>();
    ports.set(name, drafts);
    return drafts;
  };
  for (const row of rows.filter(isHop).toSorted(callsFirst)) {
    const drafts = draftsAt(row);
    for (const seen of row.from) for (const from of callersOf(row, seen, carriers, drafts)) tell(drafts, from, row);
  }
  return mergePorts(ports);
}

const callsFirst = (a: HopRow, b: HopRow): number => (a.layer === b.layer ? 0 : a.layer === 'CALLED' ? -1 : 1);

function callersOf(
  { layer }: HopRow,
  seen: string,
  carriers: ReadonlyMap<string, readonly string[]>,
  drafts: ReadonlyMap<string, Draft>,
): readonly string[] {
  const owners = layer === 'CALLED' ? undefined : carriers.get(seen);
  if (owners === undefined || owners.length === 0) return [seen];
  if (owners.length === 1) return owners;
  const calling = owners.filter((owner) => drafts.get(owner)?.called);
  return calling.length > 0 ? calling : [seen];
}

function tell(drafts: Map<string, Draft>, from: string, row: HopRow): void {
  const draft = drafts.get(from) ?? { letIn: false, denied: false, called: false, mTls: true, byDefault: NONE };
  drafts.set(from, draft);
  if (row.layer === 'CALLED') draft.called = true;
  else if (row.letIn) draft.letIn = true;
  else draft.denied = true;
  if (row.layer === 'ARRIVED_AT' && !row.letIn) return;
  draft.mTls &&= row.mTls;
  if (row.byDefault !== null) draft.byDefault = union(draft.byDefault, [row.byDefault]);
}

const union = (some: readonly string[], more: readonly string[]): readonly string[] =>
  more.length === 0 ? some : [...new Set([...some, ...more])];

function mergePorts(ports: ReadonlyMap<string, ReadonlyMap<string, Draft>>): Hop[] {
  const arriving = new Map<string, Map<string, Hop>>();
  for (const [name, drafts] of ports) {
    const to = name.slice(name.indexOf(' ') + 1);
    const hops = arriving.get(to) ?? new Map<string, Hop>();
    arriving.set(to, hops);
    for (const [from, { letIn, denied, mTls, byDefault }] of drafts) {
      if (from === to || (denied && !letIn)) continue;
      const other = hops.get(from);
      hops.set(from, {
        from,
        to,
        mTls: mTls && other?.mTls !== false,
        byDefault: union(byDefault, other?.byDefault ?? NONE),
      });
    }
  }
  return [...arriving.values()].flatMap((hops) => [...hops.values()]);
}
