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
export function naiveHistory(scans: readonly Scan[]): {
  nodes: Map<string, History>;
  relations: Map<string, number[][]>;
} {
  const standing = new Map<number, Scan>();
  for (const scan of [...scans].sort((a, b) => a.readAt - b.readAt || (a.id < b.id ? -1 : 1)))
    standing.set(scan.at, scan);
  const inOrder = [...standing.values()].sort((a, b) => a.at - b.at);

  const names = new Set(inOrder.flatMap(({ nodes }) => [...nodes.keys()]));
  const ids = new Set(inOrder.flatMap(({ relations }) => [...relations]));
  return {
    nodes: new Map([...names].map((name) => [name, nodeHistory(name, inOrder)])),
    relations: new Map([...ids].map((id) => [id, walk(inOrder.map(({ at, relations }) => [at, relations.has(id)]))])),
  };
}

function nodeHistory(name: string, inOrder: readonly Scan[]): History {
  const changes: PropertyChange[] = [];
  let last: Properties | undefined;
  for (const { at, nodes } of inOrder) {
    const now = nodes.get(name);
    if (last && now) changes.push(...differences(last, now, at));
    last = now ?? last;
  }
  return { lives: walk(inOrder.map(({ at, nodes }) => [at, nodes.has(name)])), description: last!, changes };
}

const differences = (last: Properties, now: Properties, at: number): PropertyChange[] =>
  ['a', 'b']
    .filter((path) => String(last[path]) !== String(now[path]))
    .map((path) => ({ at, path, before: last[path], after: now[path] }));

function walk(seen: readonly (readonly [number, boolean])[]): number[][] {
  const lives: number[][] = [];
  let alive = false;
  for (const [at, held] of seen) {
    if (held && !alive) lives.push([at]);
    if (!held && alive) lives.at(-1)!.push(at);
    alive = held;
  }
  if (alive) lives.at(-1)!.push(Number.POSITIVE_INFINITY);
  return lives;
}
