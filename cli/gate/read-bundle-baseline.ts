import { openBundle } from '../../shared/adapters/bundle-file.ts';
import { coverageNotes } from '../../shared/checks/coverage.ts';
import type { OpenBundle } from '../../shared/domain/bundle/bundle-lines.ts';
import type { BundleRecord } from '../../shared/domain/bundle/record.ts';
import type { EntityModel } from '../../shared/domain/entity-model.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { ownerIn, type PodOwners, resolvePods } from '../../shared/domain/resolve-pods.ts';
import { BASELINE_SCHEMA, type Baseline } from '../../shared/gate/baseline.ts';
import { type OwnersOfIdentity, tallyTraffic } from '../../shared/gate/traffic/tally-traffic.ts';
import { DEFAULT_SETTINGS, meshSettings } from '../../shared/linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../shared/linkerd/policy/policy-object.ts';
import type { Period } from '../../shared/questions/period.ts';
import type { NamedNode } from '../../shared/questions/question.ts';
import { type BundleReading, bundleObservations, bundleWindows } from '../pipeline/bundle-observations.ts';
import { readBundleSnapshots, type Workloads } from './read-bundle-snapshots.ts';

export type BundleBaseline = {
  readonly path: string;
  /** How messages call it. */
  readonly shown: string;
  /** Another one than the bundle's is refused. */
  readonly cluster?: string | undefined;
  /** Nothing later is looked at; by default all is. Epoch milliseconds. */
  readonly until?: number | undefined;
  /** The period whose calls count, given the newest instant the bundle tells of. */
  readonly period: (newest: number) => Period;
  /** Length of the windows, milliseconds. */
  readonly periodMs: number;
  readonly entityModel: EntityModel;
};

/**
 * The Baseline a bundle tells: what a graph would tell that had been given it up to `until`. Read twice, as a scan of it is:
 * whose pods the traffic names is known at its end. Throws NotFoundError where it holds no snapshot up to `until`.
 */
export async function readBundleBaseline({ path, shown, ...asked }: BundleBaseline): Promise<Baseline> {
  const { cluster, until = Number.POSITIVE_INFINITY, periodMs, entityModel } = asked;
  // Windows are chosen by the period, as in a graph that knows later ones.
  const reading = { periodMs, until: Number.POSITIVE_INFINITY, entityModel };
  const bundle = await openBundle(path, shown);
  const { header } = bundle;
  if (cluster !== undefined && cluster !== header.cluster) {
    throw new InvalidInputError(`${shown} is of cluster ${header.cluster}, not ${cluster}`);
  }
  const { snapshot, owners, pods, workloads } = await readBundleSnapshots(bundle, reading, until, shown);
  const lastWindow = bundleWindows(header, { ...reading, until }).at(-1)?.to ?? 0;
  const period = asked.period(Math.max(snapshot.at, lastWindow));
  const traffic = await readTraffic(await openBundle(path, shown), reading, {
    period,
    pods,
    ownersOf: owners.since(period.since),
  });
  for (const { from, to } of traffic.edges) for (const node of [from, to]) addUnscanned(workloads, node);
  return {
    schema: BASELINE_SCHEMA,
    cluster: header.cluster,
    at: snapshot.at,
    settings: settingsOf(snapshot.config),
    objects: snapshot.objects,
    workloads: [...workloads.values()],
    traffic,
    unread: snapshot.unread,
    notes: coverageNotes({ trafficCoveredMs: traffic.coveredMs, partialWindows: traffic.partialWindows }, period),
  };
}

type TrafficAsked = { readonly period: Period; readonly pods: PodOwners; readonly ownersOf: OwnersOfIdentity };

async function readTraffic(
  { header, next }: OpenBundle,
  reading: BundleReading,
  asked: TrafficAsked,
): Promise<Baseline['traffic']> {
  const { period, pods, ownersOf } = asked;
  const tally = tallyTraffic(period);
  const samples = async (): Promise<BundleRecord | undefined> => {
    for (let record = await next(); record !== undefined; record = await next())
      if (SAMPLED.has(record.type)) return record;
    return undefined;
  };
  for await (const observation of bundleObservations({ header, next: samples }, reading)) {
    if (observation.source === 'traffic') tally.add(resolvePods(observation, ownerIn(pods)));
  }
  return tally.seen(ownersOf);
}

const SAMPLED: ReadonlySet<BundleRecord['type']> = new Set(['series', 'samples', 'slice']);

/** A workload that came and went between two snapshots: only its calls tell of it, by its key `cluster/namespace/kind/name`. */
function addUnscanned(workloads: Workloads, { label, key }: NamedNode): void {
  if (label !== 'Workload' || workloads.has(key)) return;
  const [, namespace = '', kind = '', name = ''] = key.split('/');
  workloads.set(key, { namespace, kind, name, labels: [], annotations: [] });
}

function settingsOf(config: PolicyObject | undefined): Baseline['settings'] {
  const values = (config?.data as { readonly values?: string } | undefined)?.values;
  return config && values !== undefined
    ? meshSettings(values, config.metadata.namespace ?? 'linkerd')
    : DEFAULT_SETTINGS;
}
