import { composeEvidence, type Evidence } from '../../shared/checks/evidence/compose-evidence.ts';
import { toCheck } from '../../shared/checks/own-checks/to-check.ts';
import { chooseChecks } from '../check/choose-checks.ts';
import { evaluateClusters } from '../check/evaluate-clusters.ts';
import { exitCodeOf } from '../check/verdict.ts';
import type { ReportOptions } from '../commands/report.ts';
import { loadConfiguration } from '../configuration.ts';
import { writeResult } from '../export/write-result.ts';
import type { Io } from '../io.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';

/** The evidence of one cluster for one period. Instants in epoch milliseconds. */
export type ClusterReport = Evidence & {
  readonly cluster: string;
  readonly since: number;
  readonly at: number;
  /** What of the period was not seen, one sentence each. */
  readonly notes: readonly string[];
};

export type EvidenceReport = { readonly made: number; readonly clusters: readonly ClusterReport[] };

/** Judges without recording, and writes what auditors read. Exit codes are those of `meshgraph check`. */
export async function runReport(io: Io, options: ReportOptions): Promise<void> {
  const { output, failOn, out } = options;
  const configuration = await loadConfiguration(io, options.config, options.checks);
  const chosen = chooseChecks(configuration.checks, [], [], configuration.own.map(toCheck));
  const evaluations = await evaluateClusters(io, chosen, configuration, { ...options, record: false });
  const report: EvidenceReport = {
    made: io.now(),
    clusters: evaluations.map(({ cluster, since, at, notes, results }) => {
      return { cluster, since, at, notes, ...composeEvidence(results) };
    }),
  };
  await writeResult(io, out, [RENDERERS[output as keyof typeof RENDERERS](report)]);
  io.exit(exitCodeOf(evaluations, failOn));
}

const RENDERERS = {
  html: renderHtml,
  markdown: renderMarkdown,
  json: (report: EvidenceReport): string =>
    `${JSON.stringify({ schema: 'meshgraph.report/v1', ...report }, null, 2)}\n`,
};
