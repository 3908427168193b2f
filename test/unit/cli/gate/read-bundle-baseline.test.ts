import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBundleBaseline } from '../../../../cli/gate/read-bundle-baseline.ts';
import { createBundle, openBundle } from '../../../../shared/adapters/bundle-file.ts';
import type { BundleRecord } from '../../../../shared/domain/bundle/record.ts';
import { entityModelSchema } from '../../../../shared/domain/entity-model.ts';
import type { Baseline } from '../../../../shared/gate/baseline.ts';
import { grantsAmong } from '../../../../shared/gate/grants.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';

const PATH = join(import.meta.dirname, '../../../../demo/recorded-mesh.bundle.gz');
const DAY = 86_400_000;
/** The applications' own counts are in test/fixtures/capture/truth/edges.json; the change of policy came at 17:55:34. */
const BEFORE = '2026-11-23T17:55:00Z';

function read(until?: string, more: { cluster?: string; since?: string; path?: string } = {}): Promise<Baseline> {
  return readBundleBaseline({
    path: more.path ?? PATH,
    shown: 'recorded-mesh.bundle.gz',
    cluster: more.cluster,
    until: until === undefined ? undefined : Date.parse(until),
    period: (at) => ({ since: more.since === undefined ? at - 14 * DAY : Date.parse(more.since), at }),
    periodMs: 60_000,
    entityModel: entityModelSchema.parse({}),
  });
}

const whole = read();
const folder = mkdtempSync(join(tmpdir(), 'meshgraph-altered-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each record of the recording as `alter` has it. */
async function copyOfBundle(alter: (record: BundleRecord) => BundleRecord[]): Promise<string> {
  const path = join(folder, 'altered.bundle.gz');
  const { header, next } = await openBundle(PATH);
  const copy = await createBundle(path, header);
  for (let record = await next(); record !== undefined; record = await next())
    for (const one of alter(record)) await copy.write(one);
  await copy.finish();
  return path;
}

const edge = ({ traffic }: Baseline, from: string, to: string, port: number): Edge | undefined =>
  traffic.edges.find((one) => one.from.name === from && one.to.name === to && one.port === port);
const verdicts = (edge: Edge | undefined) => edge?.shares.map(({ verdict, count }) => [verdict, count]);

describe('the Baseline of a bundle', () => {
  it('holds the calls as often as the applications counted them, with the workload behind each identity', async () => {
    const baseline = await whole;
    expect(verdicts(edge(baseline, 'books/webapp', 'books/authors', 7001))).toEqual([['allowed', 1373]]);
    expect(verdicts(edge(baseline, 'batch/reports', 'books/authors', 7001))).toEqual([['denied', 93]]);
    expect(verdicts(edge(baseline, 'unauthenticated', 'books/mysql', 3306))).toEqual([['denied', 110]]);
    expect(verdicts(edge(baseline, 'rogue/scanner', 'rogue/no-egress', 80))).toEqual([['refused', 46]]);
  });

  it('speaks of all it has by default: its last snapshot and its eleven windows', async () => {
    const { at, cluster, unread, traffic } = await whole;
    expect([cluster, at, unread]).toEqual(['demo', Date.parse('2026-11-23T17:59:35.160Z'), []]);
    expect(traffic).toMatchObject({
      at: Date.parse('2026-11-23T18:00:00Z'),
      newest: Date.parse('2026-11-23T18:00:00Z'),
      coveredMs: 11 * 60_000,
      partialWindows: 0,
    });
  });

  it('can be had as of before the change of policy: its objects and its calls', async () => {
    const before = await read(BEFORE);
    expect([before.at, before.traffic.newest]).toEqual(
      ['2026-11-23T17:53:20.257Z', '2026-11-23T17:55:00Z'].map((text) => Date.parse(text)),
    );
    expect(verdicts(edge(before, 'batch/reports', 'emojivoto/voting', 8080))?.map(([verdict]) => verdict)).toEqual([
      'denied',
    ]);
    const after = await read(undefined, { since: '2026-11-23T17:57:00Z' });
    expect(verdicts(edge(after, 'batch/reports', 'emojivoto/voting', 8080))?.map(([verdict]) => verdict)).toEqual([
      'allowed',
    ]);
  });

  it('has RBAC, ServiceAccounts and the templates of workloads, and every workload with its labels', async () => {
    const { objects, workloads } = await whole;
    const kinds = new Set(objects.map(({ kind }) => kind));
    for (const kind of ['ClusterRoleBinding', 'Role', 'ServiceAccount', 'Deployment', 'Pod', 'Server'])
      expect(kinds).toContain(kind);
    expect(kinds).not.toContain('ConfigMap');
    expect(grantsAmong(objects).filter(({ powers }) => powers?.includes('wildcard')).length).toBeGreaterThan(0);
    expect(workloads).toContainEqual(
      expect.objectContaining({ namespace: 'books', kind: 'Deployment', name: 'authors' }),
    );
  });

  it('tells kinds that were refused, failed or never listed as unread, but for those that decide nothing', async () => {
    const altered = await copyOfBundle((record) => {
      const kind = record.type === 'page' || record.type === 'listed' ? record.kind : '';
      if (kind === 'services' || record.type === 'samples') return [];
      if (!/^(clusterroles|serviceprofiles)\./.test(kind)) return [record];
      return record.type === 'listed' ? [{ ...record, outcome: 'forbidden' }] : [record];
    });
    const { unread, objects, traffic } = await read(undefined, { path: altered });
    expect(unread).toEqual(['services', 'clusterroles.rbac.authorization.k8s.io']);
    expect(objects.filter(({ kind }) => /^(Service|ClusterRole|ServiceProfile)$/.test(kind))).toEqual([]);
    expect(traffic.edges).toEqual([]);
  });

  it('refuses another cluster, and an instant before its first snapshot', async () => {
    await expect(read(undefined, { cluster: 'prod' })).rejects.toThrow(
      'recorded-mesh.bundle.gz is of cluster demo, not prod',
    );
    await expect(read('2026-11-23T17:00:00Z')).rejects.toThrow('holds no snapshot up to 2026-11-23T17:00:00Z');
  });
});
