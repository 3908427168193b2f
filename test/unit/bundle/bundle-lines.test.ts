import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleWriter, openBundleLines } from '../../../shared/domain/bundle/bundle-lines.ts';
import { BUNDLE_SCHEMA, type BundleHeader, type BundleRecord } from '../../../shared/domain/bundle/record.ts';
import { decodeSamples, encodeSamples } from '../../../shared/domain/bundle/samples.ts';
import { VIZ_LABELS } from '../../../shared/linkerd/traffic/labels.ts';

const header: BundleHeader = {
  schema: BUNDLE_SCHEMA,
  cluster: 'prod',
  source: 'a test',
  recordedAt: 5,
  spans: [{ from: 0, to: 60_000 }],
  lookbackMs: 900_000,
  labels: {
    ...VIZ_LABELS,
    target: [...VIZ_LABELS.target],
    workloadKinds: { ...VIZ_LABELS.workloadKinds },
  },
};
const RECORDS: BundleRecord[] = [
  { type: 'series', series: 0, labels: { __name__: 'up' } },
  encodeSamples(0, { times: [10, 20], values: [1, Number.NaN] }),
  { type: 'slice', from: 0, to: 60_000, recordedAt: 5 },
  {
    type: 'snapshot',
    at: 60_000,
    discovery: { kubernetesVersion: 'v1.36.3', resources: { pods: { status: 'absent' } } },
  },
  { type: 'listed', kind: 'pods', apiVersion: 'v1', outcome: 'forbidden', message: 'no' },
];

function written(records: readonly BundleRecord[] = RECORDS): string[] {
  const { first, line, end } = bundleWriter(header);
  return [first, ...records.map(line), end()];
}

async function read(lines: readonly string[]): Promise<BundleRecord[]> {
  const iterator = (async function* () {
    yield* lines;
  })();
  const bundle = await openBundleLines(iterator, 'mesh.bundle.gz');
  const records: BundleRecord[] = [];
  for (let record = await bundle.next(); record !== undefined; record = await bundle.next()) records.push(record);
  return records;
}

test('what was written is read back', async () => {
  expect(await read(written())).toEqual(RECORDS);
});

test('a bundle that ends early is told with what was read of it, wherever it was cut', async () => {
  const lines = written();
  for (let kept = 1; kept < lines.length; kept += 1) {
    await expect(read(lines.slice(0, kept))).rejects.toThrow(
      /^mesh\.bundle\.gz is cut off: it ends after [01] snapshots and [01] runs of samples.*Nothing of it was written/,
    );
  }
});

test('a bundle that lost a record in the middle is damaged', async () => {
  const lines = written();
  lines.splice(3, 1);
  await expect(read(lines)).rejects.toThrow(
    'mesh.bundle.gz is damaged: it should hold 1 records of type slice, but has 0. Nothing of it was written.',
  );
});

describe('what is no bundle', () => {
  test.each([
    ['is told when it is empty', [], 'it is empty'],
    ['is told when it is text', ['hello'], 'its first line is no JSON'],
    ['is told when it is other JSON', ['{"kind":"List"}'], 'its first line names no meshgraph.bundle/v1'],
    ['is told when it is the JSON null', ['null'], 'its first line names no meshgraph.bundle/v1'],
    ['is told when its header lacks something', ['{"schema":"meshgraph.bundle/v1"}'], 'its header is incomplete'],
  ])('%s', async (_, lines, why) => {
    await expect(read(lines)).rejects.toThrow(`mesh.bundle.gz is not a meshgraph bundle: ${why}`);
  });

  test('a newer format says that meshgraph needs an update', async () => {
    await expect(read(['{"schema":"meshgraph.bundle/v2"}'])).rejects.toThrow(
      'mesh.bundle.gz was written by a newer meshgraph (meshgraph.bundle/v2; this one reads meshgraph.bundle/v1)',
    );
  });

  test('a cluster name that could leave the log folder is refused', async () => {
    const first = JSON.stringify({ ...header, cluster: '../../etc' });
    await expect(read([first])).rejects.toThrow('its header is incomplete');
  });
});

test('a line that is no record is told by its number', async () => {
  const lines = written();
  lines[2] = '{"type":"samples","series":0}';
  await expect(read(lines)).rejects.toThrow(/damaged at line 3: .*times/);
  lines[2] = '{"type":';
  await expect(read(lines)).rejects.toThrow('damaged at line 3: it is no JSON');
});

test('samples keep every time and value, numbers or not', () => {
  const sample = fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.double());
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1 }), (steps) => {
      let time = 0;
      const times = steps.map(([step]) => (time += step));
      const values = steps.map(([, value]) => (Object.is(value, -0) ? 0 : value));
      const record = JSON.parse(JSON.stringify(encodeSamples(7, { times, values })));
      expect(decodeSamples(record)).toEqual({ times, values });
    }),
  );
});
