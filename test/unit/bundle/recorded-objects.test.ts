import { describe, expect, test } from 'vitest';
import { bundleLister, type ObjectRecord } from '../../../shared/domain/bundle/bundle-lister.ts';
import { type BundleRecord, bundleRecord } from '../../../shared/domain/bundle/record.ts';
import { recordingLister } from '../../../shared/domain/bundle/record-objects.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { ForbiddenError, UnavailableError } from '../../../shared/domain/errors.ts';
import { keptAnnotations } from '../../../shared/kubernetes/kept-annotations.ts';
import {
  type ClusterLister,
  CredentialsRefusedError,
  type Discovery,
  ListExpiredError,
} from '../../../shared/kubernetes/lister.ts';
import type { ResourceId } from '../../../shared/kubernetes/resources.ts';
import { readRecorded } from '../../read-recorded.ts';
import { recordedLister } from '../../recorded-objects.ts';

const keepAnnotation = keptAnnotations(entityModelSchema.parse({}));

/** What reading through a recorder gives, and what it recorded, as JSON would keep it. */
async function record(lister: ClusterLister) {
  const records: BundleRecord[] = [];
  const write = async (record: BundleRecord) => {
    records.push(bundleRecord.parse(JSON.parse(JSON.stringify(record))));
  };
  const observation = await readRecorded(recordingLister(lister, { write, at: 1, keepAnnotation }));
  return { observation, records };
}

function play(records: readonly BundleRecord[]): ClusterLister {
  const [snapshot, ...objects] = records;
  if (snapshot?.type !== 'snapshot') throw new Error('a recording begins with its snapshot');
  return bundleLister(snapshot.discovery as Discovery, async () => objects.shift() as ObjectRecord | undefined);
}

/** A lister whose list of one kind ends with an error, the first time or always. */
function failing(id: ResourceId, error: Error, once = false): ClusterLister {
  const real = recordedLister('final');
  let failed = false;
  return {
    ...real,
    async *list(resource, apiVersion) {
      yield* real.list(resource, apiVersion);
      if (resource.id !== id || (once && failed)) return;
      failed = true;
      throw error;
    },
  };
}

test('a scan of the recording sees what the scan of the cluster saw', async () => {
  const { observation, records } = await record(recordedLister('final'));
  expect(observation).toEqual(await readRecorded(recordedLister('final')));
  expect(await readRecorded(play(records))).toEqual(observation);
});

describe('refusals are recorded, and met again', () => {
  test.each<[string, ResourceId, Error, boolean]>([
    ['a forbidden kind', 'pods', new ForbiddenError('pods is forbidden'), false],
    ['a kind that failed', 'services', new UnavailableError('the server is away'), false],
    ['a list that expired and began again', 'replicasets.apps', new ListExpiredError('too old'), true],
    ['a list that kept expiring', 'replicasets.apps', new ListExpiredError('too old'), false],
  ])('%s', async (_, id, error, once) => {
    const { observation, records } = await record(failing(id, error, once));
    expect(observation.coverage.kinds[id]?.status === 'complete').toBe(once);
    expect(await readRecorded(play(records))).toEqual(observation);
  });

  test('but refused credentials end the recording', async () => {
    await expect(record(failing('pods', new CredentialsRefusedError('who?')))).rejects.toThrow('who?');
  });
});

test('kinds may be asked for in another order than they were recorded in', async () => {
  const { records } = await record(recordedLister('final'));
  const [snapshot, ...objects] = records;
  const kinds = Object.groupBy(objects, (one) => ('kind' in one ? one.kind : one.type === 'configMap' ? one.name : ''));
  const reordered = [
    snapshot!,
    ...Object.values(kinds)
      .reverse()
      .flatMap((group) => group ?? []),
  ];
  expect(await readRecorded(play(reordered))).toEqual(await readRecorded(play(records)));
});

test('a kind the recorder did not know counts as unread, not as absent', async () => {
  const { records } = await record(recordedLister('final'));
  const older = records.filter((one) => !('kind' in one && one.kind === 'pods'));
  const { coverage, relations } = await readRecorded(play(older));
  expect(coverage.kinds.pods).toMatchObject({ status: 'failed', message: 'the bundle was recorded without this kind' });
  expect(coverage.families).not.toContain('pods');
  expect(relations.filter(({ type }) => type === 'PART_OF')).toEqual([]);
});

test('nothing of an application leaves the cluster: no environment, no foreign annotation, no managed fields', async () => {
  const secret = { name: 'PASSWORD', value: 'hunter2' };
  const real = recordedLister('final', (_, items) =>
    items.map((item) => {
      const spec = item.spec as { containers?: { name: string; env?: unknown[] }[] } | undefined;
      return {
        ...item,
        metadata: {
          ...item.metadata,
          annotations: { ...item.metadata.annotations, 'corp/token': 'hunter2' },
          managedFields: ['hunter2'],
        },
        ...(spec?.containers && {
          spec: { ...spec, containers: spec.containers.map((one) => ({ ...one, env: [...(one.env ?? []), secret] })) },
        }),
      };
    }),
  );
  const { records } = await record(real);
  expect(JSON.stringify(records)).not.toContain('hunter2');
});
