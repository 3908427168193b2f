import { openBundle } from '../../shared/adapters/bundle-file.ts';
import type { BundleRecord } from '../../shared/domain/bundle/record.ts';
import { InvalidInputError, NotFoundError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { RESOURCES } from '../../shared/kubernetes/resources.ts';
import { type MeshState, meshState } from '../../shared/linkerd/explain/mesh-state.ts';
import type { PolicyObject } from '../../shared/linkerd/policy/policy-object.ts';

type Snapshot = { readonly at: number; readonly pages: Map<string, PolicyObject[]>; readonly unread: Set<string> };
export type BundleState = MeshState & { readonly cluster: string; readonly at: number };

/** Kinds that say nothing of who may call whom. */
const BESIDE = /^(serviceaccounts|.*roles|.*rolebindings|serviceprofiles|links|httplocalratelimitpolicies)(\.|$)/;
const KINDS = new Map<string, string>(RESOURCES.map(({ id, kind }) => [id, kind]));

/** The newest snapshot of a bundle up to `until` (epoch milliseconds). Throws NotFoundError where there is none. */
export async function readBundleState(
  path: string,
  shown: string,
  cluster?: string,
  until = Number.POSITIVE_INFINITY,
): Promise<BundleState> {
  const { header, next } = await openBundle(path, shown);
  if (cluster !== undefined && cluster !== header.cluster) {
    throw new InvalidInputError(`${shown} is of cluster ${header.cluster}, not ${cluster}`);
  }
  let newest: Snapshot | undefined;
  let current: Snapshot | undefined;
  for (let record = await next(); record !== undefined; record = await next()) {
    if (record.type === 'snapshot') {
      current = { at: record.at, pages: new Map(), unread: undiscovered(record.discovery.resources) };
      if (record.at <= until) newest = current;
    } else if (current) take(current, record);
  }
  if (newest === undefined) {
    throw new NotFoundError(
      `${shown} holds no snapshot up to ${formatInstant(Math.min(until, header.recordedAt))}: name a later instant with --at`,
    );
  }
  const { at, pages, unread } = newest;
  const state = meshState({ objects: [...pages.values()].flat(), unread: [...unread], source: 'this bundle' });
  return { ...state, cluster: header.cluster, at };
}

/** Kinds of which it is not known whether the server has them. */
function undiscovered(resources: RecordOf<'snapshot'>['discovery']['resources']): Set<string> {
  const kinds = Object.entries(resources).filter(([kind, { status }]) => status === 'unknown' && !BESIDE.test(kind));
  return new Set(kinds.map(([kind]) => kind));
}

/** Pages come first, then what came of their list: only that tells the version of its items, which carry none. */
function take({ pages, unread }: Snapshot, record: BundleRecord): void {
  if (record.type === 'page') {
    const kind = KINDS.get(record.kind);
    if (kind === undefined) return;
    const items = record.items.map((item) => ({ ...item, apiVersion: '', kind }) as unknown as PolicyObject);
    pages.set(record.kind, [...(pages.get(record.kind) ?? []), ...items]);
  } else if (record.type === 'listed') takeOutcome({ pages, unread }, record);
  else if (record.type === 'configMap') takeConfigMap({ pages, unread }, record);
}

type Taken = Pick<Snapshot, 'pages' | 'unread'>;
type RecordOf<Type extends BundleRecord['type']> = Extract<BundleRecord, { type: Type }>;

function takeOutcome({ pages, unread }: Taken, { kind, apiVersion, outcome }: RecordOf<'listed'>): void {
  if (outcome === 'complete') {
    const items = pages.get(kind) ?? [];
    pages.set(
      kind,
      items.map((object) => ({ ...object, apiVersion })),
    );
    return;
  }
  pages.delete(kind);
  const isUnread = outcome !== 'absent' && outcome !== 'expired';
  if (isUnread && !BESIDE.test(kind)) unread.add(kind);
}

function takeConfigMap({ pages, unread }: Taken, { name, outcome, object }: RecordOf<'configMap'>): void {
  if (name !== 'linkerd-config') return;
  if (object) pages.set(name, [{ ...object, apiVersion: 'v1', kind: 'ConfigMap' } as unknown as PolicyObject]);
  else if (outcome !== 'absent') unread.add('configmaps/linkerd-config');
}
