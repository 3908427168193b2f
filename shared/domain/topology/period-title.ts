import { formatInstant } from '../instant.ts';
import type { Topology } from './topology.ts';

/** `Linkerd calls in demo, 2026-11-23T17:49:00Z to 2026-11-23T18:00:00Z`: what every picture says above itself. */
export function periodTitle({ since, at, nodes }: Topology): string {
  const clusters = [...new Set(nodes.map(({ cluster }) => cluster))].sort();
  const where = clusters.length > 0 ? ` in ${clusters.join(', ')}` : '';
  return `Linkerd calls${where}, ${formatInstant(since)} to ${formatInstant(at)}`;
}
