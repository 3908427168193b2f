import { describe, expect, test } from 'vitest';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { BASELINE_SCHEMA, type Baseline } from '../../../shared/gate/baseline.ts';
import type { Change } from '../../../shared/gate/change.ts';
import { type ChosenRule, judgeChange } from '../../../shared/gate/judge-change.ts';
import { gateReportSchema } from '../../../shared/gate/report.ts';
import { type GateRule, stateRule } from '../../../shared/gate/rule.ts';
import { DEFAULT_SETTINGS } from '../../../shared/linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../../shared/linkerd/policy/policy-object.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY = 86_400_000;

const server = (name: string, port: number): PolicyObject => ({
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: {}, port },
});

const baseline: Baseline = {
  schema: BASELINE_SCHEMA,
  cluster: 'prod',
  at: NOW,
  settings: DEFAULT_SETTINGS,
  objects: [server('old', 22), server('web', 8080)],
  workloads: [],
  traffic: { since: NOW - 14 * DAY, at: NOW, coveredMs: 14 * DAY, partialWindows: 0, newest: NOW, edges: [] },
  unread: [],
  notes: [],
};

const change = (...objects: PolicyObject[]): Change => ({
  manifests: objects.map((object, i) => ({
    object,
    file: 'shop.yaml',
    line: 1 + 10 * i,
    lineOf: (field: string) => (field === 'spec.port' ? 7 + 10 * i : 1 + 10 * i),
  })),
  base: [],
  full: undefined,
  namespace: 'default',
});

/** Servers on ports below 1024, so that there is something to find before and after. */
const lowPorts: GateRule = stateRule({
  id: 'server-port-missing',
  group: 'policy',
  title: 'no Server has a low port',
  severity: 'high',
  rationale: '',
  remedy: '',
  columns: ['server', 'port'],
  violations: ({ byKey }) =>
    [...byKey].flatMap(([key, { metadata, spec }]) => {
      const { port } = spec as { port: number };
      if (port >= 1024) return [];
      const row = { server: metadata.name, port };
      return [{ message: `low port ${port}`, places: [{ key, field: 'spec.port' }], fingerprint: [key], row }];
    }),
});

const judge = (given: Change, chosen: Partial<ChosenRule> = {}) =>
  judgeChange(baseline, given, {
    model: entityModelSchema.parse({}),
    rules: [{ rule: lowPorts, severity: undefined, exceptions: [], ...chosen }],
    now: NOW,
  });

describe('the gate', () => {
  test('tells what the change causes, with file and line of the field, apart from what was so before', async () => {
    const report = await judge(change(server('web', 80), server('db', 5432)));
    expect(report.findings).toMatchObject([
      {
        rule: 'server-port-missing',
        severity: 'high',
        message: 'low port 80',
        object: 'Server shop/web',
        place: { file: 'shop.yaml', line: 7, field: 'spec.port' },
      },
    ]);
    expect(report.existing).toMatchObject([{ object: 'Server shop/old', place: null }]);
    expect(report.objects).toEqual({ added: 1, changed: 1, unchanged: 0, removed: 0 });
  });

  test('tells nothing of what the change repairs', async () => {
    const report = await judge(change(server('old', 2222)));
    expect([report.findings, report.existing]).toEqual([[], []]);
  });

  test('gives a finding the same fingerprint whatever else is in the change', async () => {
    const [one] = (await judge(change(server('web', 80)))).findings;
    const [same] = (await judge(change(server('db', 5432), server('web', 81)))).findings;
    expect(one?.fingerprint).toBe(same?.fingerprint);
  });

  test('skips what is excepted until the exception is over, and then says so', async () => {
    const exception = { where: { server: 'web' }, reason: 'SEC-1', until: NOW + DAY };
    const skipped = await judge(change(server('web', 80)), { exceptions: [exception] });
    expect(skipped.findings).toEqual([]);
    expect(skipped.skipped).toMatchObject([
      { reason: 'SEC-1', until: NOW + DAY, finding: { object: 'Server shop/web' } },
    ]);
    const over = await judge(change(server('web', 80)), { exceptions: [{ ...exception, until: NOW }] });
    expect(over.findings).toHaveLength(1);
    expect(over.expired).toMatchObject([{ reason: 'SEC-1', until: NOW }]);
    const other = await judge(change(server('web', 80)), { exceptions: [{ ...exception, where: { server: 'db' } }] });
    expect(other.findings).toHaveLength(1);
  });

  test('tells what was so before again when its exception is over', async () => {
    const exception = { where: { server: 'old' }, reason: 'SEC-1', until: NOW + DAY };
    const given = change(server('web', 8080));
    expect((await judge(given, { exceptions: [exception] })).existing).toEqual([]);
    expect((await judge(given, { exceptions: [{ ...exception, until: NOW }] })).existing).toHaveLength(1);
  });

  test('takes the severity of the configuration', async () => {
    const report = await judge(change(server('web', 80)), { severity: 'low' });
    expect(report.findings.map(({ severity }) => severity)).toEqual(['low']);
  });

  test('answers in the shape the API promises', async () => {
    const report = await judge(change(server('web', 80)));
    expect(gateReportSchema.safeParse(report).error?.issues).toBeUndefined();
  });
});
