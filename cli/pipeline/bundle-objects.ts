import type { BundleRecord } from '../../shared/domain/bundle/record.ts';
import { NotFoundError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { RESOURCES } from '../../shared/kubernetes/resources.ts';
import type { PolicyObject } from '../../shared/linkerd/policy/policy-object.ts';

/** The objects of one snapshot, and the kinds that were not read whole. */
export type SnapshotObjects = {
  readonly at: number;
  readonly objects: readonly PolicyObject[];
  /** ConfigMap linkerd-config; undefined where there was none, or it was not read. */
  readonly config: PolicyObject | undefined;
  readonly unread: readonly string[];
};

/** `unread` begins with every kind that may exist, and loses those that are read whole. */
type Snapshot = { readonly at: number; readonly pages: Map<string, PolicyObject[]>; readonly unread: Set<string> };
type RecordOf<Type extends BundleRecord['type']> = Extract<BundleRecord, { type: Type }>;

const KINDS = new Map<string, string>(RESOURCES.map(({ id, kind }) => [id, kind]));
const CONFIG = 'linkerd-config';
const CONFIG_KIND = `configmaps/${CONFIG}`;

/**
 * Watches a bundle being read and keeps the objects of its newest snapshot up to `until` (epoch milliseconds). Kinds whose
 * id matches `beside` say nothing of what is asked: nobody misses them.
 */
export function bundleObjects(until: number, beside: RegExp) {
  let newest: Snapshot | undefined;
  let current: Snapshot | undefined;
  return {
    see: (record: BundleRecord): void => {
      if (record.type === 'snapshot') {
        current = { at: record.at, pages: new Map(), unread: expected(record) };
        if (record.at <= until) newest = current;
      } else if (current !== undefined && current === newest) take(current, record);
    },
    /** To be asked at the bundle's end; `recordedAt` is its header's. Throws NotFoundError where there is none. */
    newest: (shown: string, recordedAt: number): SnapshotObjects => {
      if (newest === undefined) {
        throw new NotFoundError(
          `${shown} holds no snapshot up to ${formatInstant(Math.min(until, recordedAt))}: name a later instant with --at`,
        );
      }
      const { [CONFIG]: config = [], ...pages } = Object.fromEntries(newest.pages);
      return {
        at: newest.at,
        objects: Object.values(pages).flat(),
        config: config[0],
        unread: [...newest.unread].filter((kind) => !beside.test(kind)),
      };
    },
  };
}

/** What a snapshot has to tell of: all kinds but those its server does not have. */
const expected = ({ discovery }: RecordOf<'snapshot'>): Set<string> =>
  new Set([...KINDS.keys(), CONFIG_KIND].filter((kind) => discovery.resources[kind]?.status !== 'absent'));

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

function takeOutcome({ pages, unread }: Taken, { kind, apiVersion, outcome }: RecordOf<'listed'>): void {
  if (outcome === 'complete' || outcome === 'absent') unread.delete(kind);
  if (outcome !== 'complete') {
    pages.delete(kind);
    return;
  }
  const items = pages.get(kind) ?? [];
  pages.set(
    kind,
    items.map((object) => ({ ...object, apiVersion })),
  );
}

function takeConfigMap({ pages, unread }: Taken, { name, outcome, object }: RecordOf<'configMap'>): void {
  if (name !== CONFIG) return;
  if (object) pages.set(name, [{ ...object, apiVersion: 'v1', kind: 'ConfigMap' } as unknown as PolicyObject]);
  if (object !== undefined || outcome === 'absent') unread.delete(CONFIG_KIND);
}
