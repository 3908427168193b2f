import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBundleBaseline } from '../../../cli/gate/read-bundle-baseline.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import type { Baseline } from '../../../shared/gate/baseline.ts';
import { judgedCalls } from '../../../shared/gate/calls/judged-calls.ts';
import { judgeChange } from '../../../shared/gate/judge-change.ts';
import { judgedChange } from '../../../shared/gate/judged-change.ts';
import type { GateReport } from '../../../shared/gate/report.ts';
import { auditedCallsDenied } from '../../../shared/gate/rules/calls/audited-calls-denied.ts';
import { callsByDefaultOnly } from '../../../shared/gate/rules/calls/calls-by-default-only.ts';
import { callsDenied } from '../../../shared/gate/rules/calls/calls-denied.ts';
import { callsLoseMTls } from '../../../shared/gate/rules/calls/calls-lose-mtls.ts';
import { callsMayBeDenied } from '../../../shared/gate/rules/calls/calls-may-be-denied.ts';
import { parseManifests } from '../../../shared/kubernetes/manifests/parse-manifests.ts';

/**
 * The recorded mesh, and the one change of policy made in it, at 17:55:34: "MeshTLSAuthentication emojivoto/web-only now
 * also lists batch/reports: reports -> voting allowed from here" (timeline of the recording, test/fixtures/capture/README.md).
 */
const PATH = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');
const HALF_A_MINUTE_BEFORE = '2026-11-23T17:55:00Z';
const MINUTE_AFTER = '2026-11-23T17:57:00Z';
const DAY = 86_400_000;

function baselineOf({ until, since }: { until?: string; since?: string }): Promise<Baseline> {
  return readBundleBaseline({
    path: PATH,
    shown: 'recorded-mesh.bundle.gz',
    until: until === undefined ? undefined : Date.parse(until),
    period: (at) => ({ since: since === undefined ? at - 14 * DAY : Date.parse(since), at }),
    periodMs: 60_000,
    entityModel: entityModelSchema.parse({}),
  });
}

const WEB_ONLY = `apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata:
  name: web-only
  namespace: emojivoto
spec:
  identityRefs:
    - kind: ServiceAccount
      name: web
`;
const WITH_REPORTS = `${WEB_ONLY}    - kind: ServiceAccount
      name: reports
      namespace: batch
`;

function judge(baseline: Baseline, manifest: string): Promise<GateReport> {
  const rules = [callsDenied, auditedCallsDenied, callsMayBeDenied, callsLoseMTls, callsByDefaultOnly];
  return judgeChange(
    baseline,
    { manifests: parseManifests(manifest, 'web-only.yaml'), base: [], full: undefined, namespace: 'default' },
    {
      model: entityModelSchema.parse({}),
      rules: rules.map((rule) => ({ rule, severity: undefined, exceptions: [] })),
      now: baseline.at,
    },
  );
}

const turned = ({ calls }: GateReport) =>
  calls.map(({ from, to, port, before, after }) => `${from} to ${to}:${port}: ${before}, then ${after}`);

describe('the change of policy in the recorded mesh', () => {
  it('lets batch/reports in to voting, which was denied until then, and turns no other call', async () => {
    const report = await judge(await baselineOf({ until: HALF_A_MINUTE_BEFORE }), WITH_REPORTS);
    expect(turned(report)).toEqual(['batch/reports to emojivoto/voting:8080: denied, then allowed']);
    expect(report.findings).toEqual([]);
  });

  it('denies batch/reports when it is taken back, by the calls seen since', async () => {
    const report = await judge(await baselineOf({ since: MINUTE_AFTER }), WEB_ONLY);
    expect(turned(report)).toEqual(['batch/reports to emojivoto/voting:8080: allowed, then denied']);
    expect(report.findings.map(({ rule, place }) => [rule, place?.file, place?.line])).toEqual([
      ['calls-denied', 'web-only.yaml', 7],
    ]);
    expect(report.findings[0]?.message).toMatch(
      /requests of batch\/reports to emojivoto\/voting:8080, last .*, would be denied with 403: .*voting-allow-web: identity reports\.batch\..* is not among \[web\.emojivoto\./,
    );
  });

  it('denies batch/reports when it is taken back, though it was denied for a part of the period', async () => {
    const report = await judge(await baselineOf({}), WEB_ONLY);
    expect(turned(report)).toEqual(['batch/reports to emojivoto/voting:8080: allowed, then denied']);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['calls-denied']);
  });

  it('is judged by ways to come that agree with what the proxies did, for every call but those to a Service without pods', async () => {
    const baseline = await baselineOf({});
    const judged = judgedChange(
      baseline,
      { manifests: [], base: [], full: undefined, namespace: 'default' },
      entityModelSchema.parse({}),
    );
    const { policies } = judged.after;
    const settings = { ...policies.settings, probeNetworks: ['0.0.0.0/0'] };
    const calls = judgedCalls({ ...judged, after: { ...judged.after, policies: { ...policies, settings } } });
    expect(calls.filter(({ explained }) => !explained)).toEqual([]);
    const edges = new Set(calls.map(({ edge }) => edge));
    const left = baseline.traffic.edges.filter((edge) => !edges.has(edge)).map(({ to }) => to.label);
    expect([edges.size > 50, new Set(left)]).toEqual([true, new Set(['Service'])]);
  });

  it('changes nothing where it is so already', async () => {
    for (const [baseline, manifest] of [
      [await baselineOf({ until: HALF_A_MINUTE_BEFORE }), WEB_ONLY],
      [await baselineOf({}), WITH_REPORTS],
    ] as const) {
      const report = await judge(baseline, manifest);
      expect([report.calls, report.findings, report.objects.unchanged]).toEqual([[], [], 1]);
    }
  });
});
