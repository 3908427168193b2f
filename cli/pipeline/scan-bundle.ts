import { overlapped } from '../../functions/plan-scans/plan-scans.ts';
import { openBundle } from '../../shared/adapters/bundle-file.ts';
import { formatDuration } from '../../shared/domain/duration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { addPodOwners, ownerIn, type PodOwners, resolvePods } from '../../shared/domain/resolve-pods.ts';
import type { Window } from '../../shared/domain/window.ts';
import { type BundleReading, bundleObservations, bundleSnapshots, bundleWindows } from './bundle-observations.ts';
import type { ScanRun } from './scan-cluster.ts';

export type BundleScan = BundleReading & { readonly path: string; readonly shown: string };

/**
 * Reads all a bundle tells, oldest first. It is read twice: once to its end, so that nothing is written of a bundle that
 * is damaged, and to know whose pods the traffic names.
 */
export async function scanBundle(
  run: Pick<ScanRun, 'delivery' | 'log' | 'onDelivered' | 'progress' | 'signal'>,
  bundle: BundleScan,
): Promise<void> {
  const { path, shown } = bundle;
  const { delivery, log } = run;
  run.progress(`${shown}: checking`);
  const owners: PodOwners = new Map();
  const checked = await openBundle(path, shown);
  for await (const snapshot of bundleSnapshots(checked, bundle)) addPodOwners(owners, snapshot);

  const { cluster } = checked.header;
  const windows = bundleWindows(checked.header, bundle);
  const covered = (await (delivery.projection()?.readCovered ?? log.windows)(cluster, windows[0]?.from ?? 0)) ?? [];
  refuseOtherPeriod(windows, covered, cluster, shown);
  for await (const pending of delivery.deliverPending(cluster)) run.onDelivered(pending);
  for await (const made of bundleObservations(await openBundle(path, shown), bundle)) {
    if (run.signal.aborted) return;
    run.progress(`${shown}: ${made.source} of ${new Date(made.at).toISOString()}`);
    const observation = made.source === 'traffic' ? resolvePods(made, ownerIn(owners)) : made;
    run.onDelivered(await delivery.deliver(observation));
  }
}

/** The same minutes as windows of another length would count twice. */
function refuseOtherPeriod(
  windows: readonly Window[],
  covered: readonly Window[],
  cluster: string,
  shown: string,
): void {
  const own = new Set(windows.map(({ from, to }) => `${from}-${to}`));
  const other = covered.find((window) => !own.has(`${window.from}-${window.to}`) && overlapped(window, windows));
  if (other === undefined) return;
  const was = formatDuration(other.to - other.from);
  throw new InvalidInputError(
    `the traffic of ${cluster} in ${shown} was read before, in windows of ${was}: use --period ${was}, or another graph and --log`,
  );
}
