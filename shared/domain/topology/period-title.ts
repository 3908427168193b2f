import { formatInstant } from '../instant.ts';
import type { Topology } from './topology.ts';

/** `Linkerd calls in demo, 2026-11-23T17:49:00Z to 2026-11-23T18:00:00Z`: what every picture says above itself. */
export const periodTitle = ({ cluster, since, at }: Topology): string =>
  `Linkerd calls in ${cluster}, ${formatInstant(since)} to ${formatInstant(at)}`;
