import type { Box, Point } from './layout.ts';

/** A line's ends, its label and the lanes it was given in between, from caller to callee. */
export type Route = { readonly from: Box; readonly to: Box; readonly label: Box; readonly via: readonly Point[] };

/** Where a line meets a box: on the side that faces the line's next point. */
type Dock = { readonly box: Box; readonly right: boolean; readonly next: Point; point: Point };

const MARGIN = 10;

/**
 * SVG paths for lines that have been given a free lane in every column they cross. A line leaves a box and enters the next
 * one level, and changes its lane only between columns, so that it passes beside the boxes and never behind one.
 */
export function routePaths(routes: readonly Route[], boxes: readonly Box[]): string[] {
  const docks = routes.map(({ from, to, via }) => ({
    start: dock(from, via[0] ?? middle(to), to),
    end: dock(to, via.at(-1) ?? middle(from), from),
  }));
  spread(docks.flatMap(({ start, end }) => [start, end]));
  const reachAt = columnReach(boxes);
  return routes.map((route, index) => {
    const { start, end } = docks[index] ?? { start: undefined, end: undefined };
    if (!start || !end) return '';
    return start.point.x === end.point.x
      ? aroundLabel(start, route.label, end)
      : alongLanes(start, route, end, reachAt);
  });
}

function alongLanes(
  { point: start }: Dock,
  { from, to, via, label }: Route,
  { point: end }: Dock,
  reachAt: (x: number) => number,
): string {
  const direction = Math.sign(end.x - start.x);
  const [first, last] = [middle(from).x, middle(to).x];
  const lanes = [
    { enter: start, leave: { x: first + direction * reachAt(first), y: start.y } },
    ...via.flatMap(({ x, y }) => {
      const reach = direction * Math.max(reachAt(x), isMiddle(label, { x, y }) ? label.width / 2 : 0);
      return reach === 0 ? [] : { enter: { x: x - reach, y }, leave: { x: x + reach, y } };
    }),
    { enter: { x: last - direction * reachAt(last), y: end.y }, leave: end },
  ];
  const bends = lanes
    .slice(1)
    .map(({ enter, leave }, index) => `${bend(lanes[index]?.leave ?? enter, enter)}L${at(leave)}`);
  return `M${at(start)}L${at(lanes[0]?.leave ?? start)}${bends.join('')}`;
}

/** A call to oneself. */
function aroundLabel({ point: start }: Dock, { x, y, width, height }: Box, { point: end }: Dock): string {
  const right = Math.max(x + width, start.x) + 3 * MARGIN;
  return `M${at(start)}C${at({ x: right, y: start.y })} ${at({ x: right, y: y + height })} ${at(end)}`;
}

function dock(box: Box, next: Point, other: Box): Dock {
  const itself = box.x === other.x && box.y === other.y;
  return { box, next, right: itself || next.x >= middle(box).x, point: next };
}

/** Gives the docks of one side of a box their places over its height, in the order of where their lines go. */
function spread(docks: readonly Dock[]): void {
  for (const side of Map.groupBy(docks, ({ box, right }) => `${box.x} ${box.y} ${right}`).values()) {
    side.sort((a, b) => a.next.y - b.next.y);
    for (const [place, one] of side.entries()) {
      const { x, y, width, height } = one.box;
      one.point = { x: one.right ? x + width : x, y: y + ((place + 1) * height) / (side.length + 1) };
    }
  }
}

/** How far the boxes of a column reach to either side of its middle; 0 where a column has none. */
function columnReach(boxes: readonly Box[]): (x: number) => number {
  const columns = new Map<number, number>();
  for (const box of boxes) {
    const x = Math.round(middle(box).x);
    columns.set(x, Math.max(columns.get(x) ?? 0, box.width / 2 + MARGIN));
  }
  return (x) => columns.get(Math.round(x)) ?? 0;
}

function bend(from: Point, to: Point): string {
  const x = (from.x + to.x) / 2;
  return `C${at({ x, y: from.y })} ${at({ x, y: to.y })} ${at(to)}`;
}

const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
const isMiddle = (box: Box, { x, y }: Point): boolean => Math.hypot(middle(box).x - x, middle(box).y - y) < 1;
const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
