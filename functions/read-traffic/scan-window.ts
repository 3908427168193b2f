import type { ScanConfiguration } from '../../shared/domain/configuration/scan.ts';
import type { TrafficScanRequest } from '../../shared/domain/messages/scan-request.ts';
import type { TrafficObservation } from '../../shared/domain/observation.ts';
import type { Window } from '../../shared/domain/window.ts';
import type { TrafficLabels } from '../../shared/linkerd/traffic/labels.ts';
import { farLookbackOf, readingSettings } from './lookback.ts';
import { type Deps as NameDeps, namePods } from './name-pods.ts';
import { noSamples } from './no-samples.ts';
import { type Query, readBeginning, STEP_MS } from './read-beginning.ts';
import { type Deps as ReadDeps, readTraffic } from './read-traffic.ts';

export type Deps = ReadDeps &
  NameDeps & {
    readonly keyOfWindow: (cluster: string, window: Window) => Promise<string | undefined>;
    /** Keeps it and tells the writer. */
    readonly deliver: (observation: TrafficObservation) => Promise<void>;
    /** Tells the writer of one that is kept. */
    readonly announce: (key: string) => Promise<void>;
    /** Notes that no source tells of the window any more, so that nobody asks for it again. */
    readonly giveUp: (cluster: string, window: Window) => Promise<void>;
  };

export type Settings = { readonly scan: ScanConfiguration; readonly labels: TrafficLabels };

/** `known` = it was read before. `untold` = Prometheus has samples, but only of later. */
export type Scanned = 'read' | 'known' | 'untold';

/**
 * Answers the request for one window. Delivered twice it reads once; where the first delivery was cut off between keeping
 * and telling, the writer is told now.
 */
export async function scanWindow(
  deps: Deps,
  { scan, labels }: Settings,
  { cluster, window, requestedAt }: TrafficScanRequest,
): Promise<Scanned> {
  const kept = await deps.keyOfWindow(cluster, window);
  if (kept !== undefined) {
    await deps.announce(kept);
    return 'known';
  }
  if (!(await tells(deps, { scan, labels }, window))) {
    await deps.giveUp(cluster, window);
    return 'untold';
  }
  const observation = await readTraffic(deps, {
    cluster,
    window,
    labels,
    ...readingSettings(scan),
  });
  await deps.deliver(await namePods(deps, observation, requestedAt));
  return 'read';
}

/**
 * Whether Prometheus had samples early enough to tell the growth within the window: a round of scraping before it began,
 * since until every target was scraped once, some first values are not growth but a whole past.
 */
async function tells(
  { query, now }: { readonly query: Query; readonly now: () => number },
  { scan, labels }: Settings,
  window: Window,
): Promise<boolean> {
  const beginning = await readBeginning(query, {
    after: window.from - scan.settling - STEP_MS,
    now: now(),
    periodMs: scan.period,
    settlingMs: scan.settling,
    lookbackMs: farLookbackOf(scan),
    youngMs: scan.lookback,
    labels,
  });
  if (beginning === undefined) throw noSamples(labels, { from: window.from, to: now() });
  return beginning <= window.from;
}
