import { formatDuration } from '../domain/duration.ts';
import { formatInstant } from '../domain/instant.ts';
import type { Baseline } from './baseline.ts';

/** `now` and how old a baseline may be, in epoch milliseconds and milliseconds. */
export type Patience = { readonly now: number; readonly maxAgeMs: number; readonly allowStale: boolean };

/**
 * Why a change cannot be judged on a baseline, one sentence each; empty = it can. Who allows what is stale is told of its
 * age by the report all the same; what was not read at all cannot be allowed.
 */
export function whyUnjudged(baseline: Baseline, { now, maxAgeMs, allowStale }: Patience): string[] {
  const { cluster, at, traffic, unread } = baseline;
  const aged = (what: string, newest: number): string[] =>
    allowStale || now - newest <= maxAgeMs
      ? []
      : [
          `${what} is of ${formatInstant(newest)}, ${formatDuration(now - newest)} ago: allowed are ${formatDuration(maxAgeMs)}. Scan again, or export it anew`,
        ];
  return [
    ...(unread.length > 0
      ? [
          `of ${cluster} no scan read ${unread.join(', ')} whole: what they decide is unknown. Let the reader list them (\`meshgraph rbac\` has its role), and scan again`,
        ]
      : []),
    ...aged(`the newest scan of ${cluster}`, at),
    ...(traffic.coveredMs === 0 || traffic.newest === null
      ? [
          `no traffic window of ${cluster} covers the time since ${formatInstant(traffic.since)}: who calls whom is unknown. Scan its traffic first, or look further back`,
        ]
      : aged(`the newest traffic window of ${cluster}`, traffic.newest)),
  ];
}
