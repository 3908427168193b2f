import type { SarifRun } from '../output/sarif.ts';
import type { Judged, JudgedCheck } from './judged.ts';

type Result = SarifRun['results'][number];
type Run = { readonly exitCode: number; readonly version: string };

/**
 * Evaluations as a run of SARIF. Findings are in no file, so what they are about stands for one. A check that could not be
 * judged is a result of kind `open` beside the error of the run: a list of results alone must not look clean.
 */
export function checkLog(evaluations: readonly Judged[], { exitCode, version }: Run): SarifRun {
  const judged = evaluations.flatMap(({ cluster, results }) => results.map((result) => ({ cluster, result })));
  const rules = new Map(judged.map(({ result }) => [result.check.id, ruleOf(result)]));
  const unknown = judged.filter(({ result }) => result.status === 'unknown');
  const partly = judged.filter(({ result }) => result.status !== 'unknown' && result.reason !== undefined);
  const sentence = ({ cluster, result }: (typeof judged)[number]): string =>
    `${cluster}: ${result.check.id}: ${result.reason}`;
  return {
    version,
    exitCode,
    rules: [...rules.values()],
    results: [
      ...judged.flatMap(({ cluster, result }) => findingsOf(cluster, result)),
      ...unknown.map(({ cluster, result }) => openResult(cluster, result)),
    ],
    errors: unknown.map(sentence),
    notes: [
      ...evaluations.flatMap(({ cluster, notes }) => notes.map((note) => `${cluster}: ${note}`)),
      ...partly.map(sentence),
    ],
  };
}

function ruleOf({ check, severity }: JudgedCheck): SarifRun['rules'][number] {
  const { id, group, title, remedy, rationale = title, controls = [] } = check;
  return { id, title, severity, rationale, remedy, tags: ['security', 'linkerd', group, ...controls] };
}

function findingsOf(cluster: string, { check, findings, accepted }: JudgedCheck): Result[] {
  const told = (finding: JudgedCheck['findings'][number], suppressed: string | null): Result => ({
    rule: check.id,
    severity: finding.severity,
    message: finding.message,
    place: null,
    object: finding.about[0]?.key ?? cluster,
    fingerprint: finding.key,
    isNew: null,
    suppressed,
    properties: { cluster, about: finding.about.map(({ key }) => key), row: finding.row },
  });
  return [
    ...findings.map((finding) => told(finding, null)),
    ...accepted.map(({ finding, reason }) => told(finding, reason)),
  ];
}

const openResult = (cluster: string, { check, severity, reason }: JudgedCheck): Result => ({
  rule: check.id,
  severity,
  message: `cannot be judged: ${reason}`,
  place: null,
  object: cluster,
  fingerprint: `${cluster}/unjudged/${check.id}`,
  isNew: null,
  isOpen: true,
  suppressed: null,
  properties: { cluster },
});
