import { describe, expect, test } from 'vitest';
import { gateLog } from '../../../cli/gate/gate-log.ts';
import { renderSarif } from '../../../cli/output/sarif.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { judgeChange } from '../../../shared/gate/judge-change.ts';
import { outcomeOf } from '../../../shared/gate/outcome.ts';
import type { GateFinding, GateReport } from '../../../shared/gate/report.ts';
import { GATE_RULES } from '../../../shared/gate/rules/registry.ts';
import { authorize } from '../../../shared/linkerd/policy/authorize.ts';
import { indexPolicies } from '../../../shared/linkerd/policy/index-policies.ts';
import {
  meshBeforePullRequests,
  PULL_REQUESTS,
  PULL_REQUESTS_AT,
  touchedFiles,
  wholeRepository,
} from '../../pull-requests.ts';
import { sarifErrors } from '../cli/output/sarif-errors.ts';

const baseline = meshBeforePullRequests();
const settings = {
  model: entityModelSchema.parse({
    required: { workloads: ['owner', 'dataClass'] },
    knownDataClasses: ['payment', 'personal', 'public'],
  }),
  rules: GATE_RULES.map((rule) => ({ rule, severity: undefined, exceptions: [] })),
  now: PULL_REQUESTS_AT,
};
const COUNTED = new Set(['critical', 'high', 'medium']);
const counted = ({ findings }: GateReport): GateFinding[] => findings.filter(({ severity }) => COUNTED.has(severity));
const placeOf = ({ place }: GateFinding): string | undefined => place?.file && `${place.file}:${place.line}`;

describe.each(PULL_REQUESTS)('$name: $expected.about', (pullRequest) => {
  const { expected } = pullRequest;
  const judged = judgeChange(baseline, touchedFiles(pullRequest), settings);

  test('what it causes is found, and nothing else', async () => {
    const extra = counted(await judged);
    const missing = expected.findings.filter((wanted) => {
      const at = extra.findIndex(
        (found) =>
          found.rule === wanted.rule &&
          found.severity === wanted.severity &&
          placeOf(found) === wanted.at &&
          (wanted.object === undefined || found.object === wanted.object) &&
          new RegExp(wanted.says).test(found.message),
      );
      if (at >= 0) extra.splice(at, 1);
      return at < 0;
    });
    const shown = extra.map(({ rule, severity, message, object, ...found }) => {
      return { rule, severity, at: placeOf({ rule, severity, message, object, ...found }), object, says: message };
    });
    expect({ missing, extra: shown }).toEqual({ missing: [], extra: [] });
  });

  test('the calls it turns are told with what was seen of them', async () => {
    const told = (await judged).calls.map(({ from, to, port, count, before, after }) => {
      return { from, to, port, count, before, after };
    });
    expect(inOrder(told)).toEqual(inOrder(expected.calls));
  });

  test('who may call what it could not before is told', async () => {
    expect(inOrder((await judged).opened)).toEqual(inOrder(expected.opened));
  });

  test('every finding has the columns its rule lists, and no others', async () => {
    const { findings, existing } = await judged;
    for (const { rule, row } of [...findings, ...existing]) {
      const { columns = [] } = GATE_RULES.find(({ id }) => id === rule) ?? {};
      expect([rule, ...Object.keys(JSON.parse(JSON.stringify(row))).sort()]).toEqual([rule, ...columns.toSorted()]);
    }
  });

  test('its SARIF holds to the official schema and names the same lines', async () => {
    const report = await judged;
    const strictness = { failOn: 'high', all: false } as const;
    const begin = { file: 'begin.yaml', line: 1 };
    const rules = GATE_RULES.map(({ id }) => id);
    const told = {
      report,
      outcome: outcomeOf(report, strictness),
      ...strictness,
      begin,
      rules,
      ownRules: [],
      version: '1.0.0',
    };
    const sarif: SarifLog = JSON.parse(renderSarif(gateLog(told)));
    expect(sarifErrors(sarif)).toEqual([]);
    const lines = sarif.runs.flatMap(({ results }) =>
      results.map(({ ruleId, locations: [location] }) => {
        const { artifactLocation, region } = location.physicalLocation;
        return `${ruleId} ${artifactLocation.uri}:${region.startLine}`;
      }),
    );
    const wanted = expected.findings.map(({ rule, at = 'begin.yaml:1' }) => `${rule} ${at}`);
    expect(lines).toEqual(expect.arrayContaining(wanted));
    expect(lines).toHaveLength(report.findings.length);
  });

  test('the whole repository, before and after, is judged as the files it touches', async () => {
    const whole = await judgeChange(baseline, wholeRepository(pullRequest), settings);
    expect(inOrder(whole.findings)).toEqual(inOrder((await judged).findings));
  });
});

type SarifLog = {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly [
        { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } },
      ];
    }[];
  }[];
};

const inOrder = (rows: readonly object[]): object[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Only a path tells which of the routes of payments/api a call takes. */
const PATHS: Readonly<Record<string, { method: string; path: string }>> = {
  'payments/api': { method: 'POST', path: '/v1/charges' },
};

test.each(baseline.traffic.edges)('$from.name is seen calling $to.name on $port as the mesh before lets it', (edge) => {
  const policies = indexPolicies(baseline.objects, { settings: baseline.settings, trustStatus: false });
  const [namespace = '', name = ''] = edge.to.name.split('/');
  const client = edge.identity === null ? { meshed: false, address: '10.42.4.2' } : { identity: edge.identity };
  const { verdict } = authorize(policies, {
    client: { address: '10.42.99.2', ...client },
    server: { namespace, name: `${name}-0`, kind: 'Pod' },
    port: edge.port,
    protocol: edge.unit === 'connections' ? 'tcp' : 'http',
    ...PATHS[edge.to.name],
  });
  expect(verdict).toBe(edge.shares[0]?.verdict);
});
