import type { Properties, PropertyChange } from '../../../../shared/domain/projection/changes.ts';

export type Scan = {
  readonly id: string;
  readonly at: number;
  readonly readAt: number;
  readonly nodes: ReadonlyMap<string, Properties>;
  readonly relations: ReadonlySet<string>;
};

type History = { readonly lives: number[][]; readonly description: Properties; readonly changes: PropertyChange[] };

/**
 * What scans of one family say, read the plain way: put them in order of time, keep of one instant the reading made last,
 * and walk through them once. The judge of the projection, which places scans one by one in whatever order they come.
 */
export function naiveHistory(scans: readonly Scan[]): { nodes: Map<string, History>; relations: Map<string, number[][]> } {
  const standing = new Map<number, Scan>();
  for (const scan of [...scans].sort((a, b) => a.readAt - b.readAt || (a.id < b.id ? -1 : 1))) standing.set(scan.at, scan);
  const inOrder = [...standing.values()].sort((a, b) => a.at - b.at);

  const nodes = new Map<string, History>();
  for (const name of new Set(inOrder.flatMap(({ nodes }) => [...nodes.keys()]))) {
    let last: Properties | undefined;
    const changes: PropertyChange[] = [];
    for (const { at, nodes } of inOrder) {
      const now = nodes.get(name);
      if (!now) continue;
      for (const path of ['a', 'b']) {
        if (last && String(last[path]) !== String(now[path])) changes.push({ at, path, before: last[path], after: now[path] });
      }
      last = now;
    }
    nodes.set(name, { lives: walk(inOrder.map(({ at, nodes }) => [at, nodes.has(name)])), description: last!, changes });
  }
  const relations = new Map<string, number[][]>();
  for (const id of new Set(inOrder.flatMap(({ relations }) => [...relations]))) {
    relations.set(id, walk(inOrder.map(({ at, relations }) => [at, relations.has(id)])));
  }
  return { nodes, relations };
}

function walk(seen: readonly (readonly [number, boolean])[]): number[][] {
  const lives: number[][] = [];
  let open: number[] | undefined;
  for (const [at, held] of seen) {
    if (held && !open) lives.push((open = [at]));
    if (!held && open) {
      open.push(at);
      open = undefined;
    }
  }
  open?.push(Number.POSITIVE_INFINITY);
  return lives;
}
