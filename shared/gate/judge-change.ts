import type { Severity } from '../checks/check.ts';
import type { EntityModel } from '../domain/entity-model.ts';
import { sha256 } from '../domain/sha256.ts';
import { meshSettings } from '../linkerd/policy/mesh-settings.ts';
import { groupKind } from '../linkerd/policy/policy-object.ts';
import { openedWays } from './access/opened-ways.ts';
import type { Baseline } from './baseline.ts';
import { turnedCalls } from './calls/turned-calls.ts';
import type { Change } from './change.ts';
import { gateState } from './gate-state.ts';
import { layOver } from './lay-over.ts';
import { shownObject } from './object-key.ts';
import type { GateFinding, GateReport } from './report.ts';
import type { GateRule, JudgedChange, Violation } from './rule.ts';

/** A rule with what the configuration makes of it. `until` is the first instant an exception no longer holds. */
export type ChosenRule = {
  readonly rule: GateRule;
  readonly severity: Severity | undefined;
  readonly exceptions: readonly { where: Readonly<Record<string, string>>; reason: string; until: number }[];
};

export type GateSettings = {
  readonly model: EntityModel;
  readonly rules: readonly ChosenRule[];
  readonly now: number;
};

/** Judges a change against the mesh before it. Pure: `unjudged` is left to those who know how old the baseline may be. */
export async function judgeChange(
  baseline: Baseline,
  change: Change,
  { model, rules, now }: GateSettings,
): Promise<GateReport> {
  const judged = judgedChange(baseline, change, model);
  const report = { findings: [] as GateFinding[], existing: [] as GateFinding[] };
  const skipped: GateReport['skipped'] = [];
  const expired: GateReport['expired'] = [];
  for (const chosen of rules) {
    const { caused, existing } = chosen.rule.judge(judged);
    for (const violation of caused) {
      const finding = await toFinding(chosen, violation, judged);
      const excepted = exceptionFor(chosen, violation);
      if (excepted && excepted.until > now) skipped.push({ finding, ...excepted });
      else report.findings.push(finding);
      if (excepted && excepted.until <= now) expired.push({ finding, ...excepted });
    }
    for (const violation of existing) {
      if (!exceptionFor(chosen, violation)) report.existing.push(await toFinding(chosen, violation, judged));
    }
  }
  const { traffic } = baseline;
  const fates = [...judged.laid.given.values()];
  const fated = (wanted: string): number => fates.filter(({ fate }) => fate === wanted).length;
  const total = (unit: string): number =>
    traffic.edges.reduce((sum, edge) => sum + (edge.unit === unit ? edge.count : 0), 0);
  return {
    schema: 'meshgraph.gate/v1',
    cluster: baseline.cluster,
    at: baseline.at,
    traffic: {
      since: traffic.since,
      at: traffic.at,
      coveredMs: traffic.coveredMs,
      newest: traffic.newest,
      edges: traffic.edges.length,
      requests: total('requests'),
      connections: total('connections'),
    },
    objects: {
      added: fated('added'),
      changed: fated('changed'),
      unchanged: fated('unchanged'),
      removed: judged.laid.removed.size,
    },
    ...report,
    skipped,
    expired,
    calls: turnedCalls(judged),
    opened: openedWays(judged),
    unjudged: [],
    notes: [...baseline.notes],
  };
}

/** Both sides of a change, worked out once for all rules. */
export function judgedChange(baseline: Baseline, change: Change, model: EntityModel): JudgedChange {
  const laid = layOver(baseline.objects, change);
  const { cluster, workloads } = baseline;
  const config = [...laid.given.values()].map(({ placed }) => placed.object).find(isLinkerdConfig);
  const values = (config?.data as { readonly values?: string } | undefined)?.values;
  const settings =
    config && values !== undefined ? meshSettings(values, config.metadata.namespace ?? 'linkerd') : baseline.settings;
  const parts = { cluster, workloads, model };
  return {
    baseline,
    change,
    laid,
    model,
    before: gateState({ ...parts, objects: baseline.objects, settings: baseline.settings, source: 'the mesh before' }),
    after: gateState({ ...parts, objects: laid.objects, settings, source: 'the mesh after' }),
  };
}

const isLinkerdConfig = (object: { apiVersion: string; kind: string; metadata: { name: string } }): boolean =>
  groupKind(object) === 'ConfigMap.' && object.metadata.name === 'linkerd-config';

const exceptionFor = ({ exceptions }: ChosenRule, { row }: Violation) => {
  const fits = exceptions.filter(({ where }) =>
    Object.entries(where).every(([column, wanted]) => [row[column]].flat().map(String).includes(wanted)),
  );
  const [longest] = fits.toSorted((a, b) => b.until - a.until);
  return longest && { reason: longest.reason, until: longest.until };
};

async function toFinding(
  { rule, severity }: ChosenRule,
  violation: Violation,
  { laid, after, before }: JudgedChange,
): Promise<GateFinding> {
  const { message, places, fingerprint, row } = violation;
  const [written] = places.flatMap(({ key, field }) => {
    const given = laid.given.get(key);
    return given && given.fate !== 'unchanged' ? { ...given.placed, field } : [];
  });
  const [first] = places;
  const object = written?.object ?? (first && (after.byKey.get(first.key) ?? before.byKey.get(first.key)));
  return {
    rule: rule.id,
    severity: severity ?? violation.severity ?? rule.severity,
    fingerprint: (await sha256(JSON.stringify([rule.id, ...fingerprint]))).slice(0, 32),
    message,
    place: written
      ? {
          file: written.file,
          line: written.field === undefined ? written.line : written.lineOf(written.field),
          field: written.field ?? null,
        }
      : null,
    object: object ? shownObject(object) : null,
    row: { ...row } as GateFinding['row'],
  };
}
