import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts';
import { type ClusterLister, type Discovery, ListExpiredError } from '../../kubernetes/lister.ts';
import { ForbiddenError, NotFoundError, UnavailableError } from '../errors.ts';
import type { BundleRecord } from './record.ts';

/** What a snapshot is made of. */
export type ObjectRecord = Extract<BundleRecord, { type: 'page' | 'listed' | 'configMap' }>;

/** The records of one snapshot, in file order; `undefined` where the snapshot is over. */
export type SnapshotRecords = () => Promise<ObjectRecord | undefined>;

/**
 * The cluster as a snapshot recorded it. Records are taken as they come; those of kinds that were not asked for yet are
 * put aside, so a reader with the recorder's own order keeps one page in memory.
 */
export function bundleLister(discovery: Discovery, records: SnapshotRecords): ClusterLister {
  const aside = new Map<string, ObjectRecord[]>();
  const nextOf = async (subject: string): Promise<ObjectRecord | undefined> => {
    const kept = aside.get(subject)?.shift();
    if (kept !== undefined) return kept;
    for (let record = await records(); record !== undefined; record = await records()) {
      const other = subjectOf(record);
      if (other === subject) return record;
      aside.set(other, [...(aside.get(other) ?? []), record]);
    }
    return undefined;
  };
  return {
    discover: async () => discovery,
    async *list({ id }) {
      for (;;) {
        const record = await nextOf(id);
        if (record === undefined) throw new UnavailableError('the bundle was recorded without this kind');
        if (record.type === 'page')
          yield { items: record.items as KubernetesObject[], resourceVersion: record.resourceVersion };
        else if (record.outcome === 'complete') return;
        else throw recordedError(record);
      }
    },
    getConfigMap: async (namespace, name) => {
      const record = await nextOf(`${namespace}/${name}`);
      if (record === undefined) throw new UnavailableError('the bundle was recorded without this ConfigMap');
      if (record.type !== 'configMap' || !['complete', 'absent'].includes(record.outcome)) throw recordedError(record);
      return record.object as KubernetesObject | undefined;
    },
  };
}

const subjectOf = (record: ObjectRecord): string =>
  record.type === 'configMap' ? `${record.namespace}/${record.name}` : record.kind;

/** The error the recorder met, as its reader knows it. */
function recordedError(record: ObjectRecord): Error {
  const { outcome, message = '' } = record.type === 'page' ? { outcome: 'failed' } : record;
  if (outcome === 'forbidden') return new ForbiddenError(message);
  if (outcome === 'absent') return new NotFoundError(message);
  if (outcome === 'expired') return new ListExpiredError(message);
  return new UnavailableError(message);
}
