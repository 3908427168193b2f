import { oncePerText } from '../../domain/once-per.ts';

/** Ports as Linkerd's annotations list them, e.g. `3306,8080-8083`. */
export type PortRanges = readonly (readonly [from: number, to: number])[];

/**
 * A list that does not parse counts as empty (policy-controller/k8s/index, ports.rs), so one bad entry takes the others
 * with it.
 */
export const parsePortRanges = (text: string | undefined): PortRanges => parseText(text ?? '');

/** Most pods of a mesh say the same. */
const parseText = oncePerText((text): PortRanges => {
  const entries = text.split(',').filter((entry) => entry.trim() !== '');
  const ranges = entries.map(parseRange);
  return ranges.every((range) => range !== undefined) ? ranges : [];
});

export const hasPort = (ranges: PortRanges, port: number): boolean =>
  ranges.some(([from, to]) => from <= port && port <= to);

function parseRange(entry: string): readonly [number, number] | undefined {
  const [from = '', to = from, ...rest] = entry.split('-').map((part) => part.trim());
  const ends = [from, to].map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : 0));
  const [low = 0, high = 0] = ends;
  return rest.length === 0 && low > 0 && low <= high && high < 65_536 ? [low, high] : undefined;
}
