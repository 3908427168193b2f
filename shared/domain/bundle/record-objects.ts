import type { KeepAnnotation } from '../../kubernetes/kept-annotations.ts';
import type { KubernetesObject } from '../../kubernetes/kubernetes-object.ts';
import { type ClusterLister, CredentialsRefusedError, ListExpiredError } from '../../kubernetes/lister.ts';
import type { ResourceId } from '../../kubernetes/resources.ts';
import { trimConfigMap } from '../../kubernetes/trim-config-map.ts';
import { trimObject } from '../../kubernetes/trim-object.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import type { BundleRecord, RecordOutcome } from './record.ts';

export type ObjectRecording = {
  readonly write: (record: BundleRecord) => Promise<void>;
  /** The instant the snapshot speaks of. */
  readonly at: number;
  readonly keepAnnotation: KeepAnnotation;
};

/**
 * A lister that records everything asked of another and answered by it, refusals included: a scan of the recording
 * goes as the scan of the cluster went. Objects are recorded, and passed on, with only what meshgraph reads.
 */
export function recordingLister(lister: ClusterLister, { write, at, keepAnnotation }: ObjectRecording): ClusterLister {
  return {
    discover: async () => {
      const discovery = await lister.discover();
      await write({ type: 'snapshot', at, discovery });
      return discovery;
    },
    async *list(resource, apiVersion) {
      const ended = (told: Told) => write({ type: 'listed', kind: resource.id, apiVersion, ...told });
      try {
        for await (const { items, resourceVersion } of lister.list(resource, apiVersion)) {
          const trimmed = items.map((item) => trimObject(resource.id as ResourceId, item, keepAnnotation));
          await write({ type: 'page', kind: resource.id, resourceVersion, items: trimmed as RecordedObject[] });
          yield { items: trimmed, resourceVersion };
        }
      } catch (error) {
        await ended(outcomeOf(error));
        throw error;
      }
      await ended({ outcome: 'complete' });
    },
    getConfigMap: async (namespace, name) => {
      const ended = (told: Told & { object?: RecordedObject }) =>
        write({ type: 'configMap', namespace, name, ...told });
      try {
        const found = await lister.getConfigMap(namespace, name);
        const object = found && trimConfigMap(found);
        await ended(object ? { outcome: 'complete', object: object as RecordedObject } : { outcome: 'absent' });
        return object;
      } catch (error) {
        await ended(outcomeOf(error));
        throw error;
      }
    },
  };
}

type Told = { readonly outcome: RecordOutcome; readonly message?: string };
type RecordedObject = KubernetesObject & { metadata: { [field: string]: unknown } };

function outcomeOf(error: unknown): Told {
  if (error instanceof CredentialsRefusedError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ListExpiredError) return { outcome: 'expired', message };
  if (error instanceof NotFoundError) return { outcome: 'absent', message };
  return { outcome: error instanceof ForbiddenError ? 'forbidden' : 'failed', message };
}
