import type { ControlEvidence } from '../../shared/checks/evidence/compose-evidence.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { markdownTable, markdownText } from '../output/markdown-text.ts';
import { DISCLAIMER, populationOf, RESULT_WORDS, tellings } from './report-words.ts';
import type { ClusterReport, EvidenceReport } from './run-report.ts';

/** The report as Markdown, as GitHub and GitLab read it. */
export const renderMarkdown = ({ made, clusters }: EvidenceReport): string =>
  [
    '# Evidence report of the service mesh',
    `Made by meshgraph at ${formatInstant(made)}. ${DISCLAIMER}`,
    ...clusters.flatMap(clusterParts),
    '',
  ].join('\n\n');

function clusterParts({ cluster, since, at, notes, controls, checks }: ClusterReport): string[] {
  const frameworks = Map.groupBy(controls, ({ framework }) => framework);
  return [
    `## ${markdownText(cluster)}`,
    `Period: ${formatInstant(since)} to ${formatInstant(at)}.`,
    ...(notes.length > 0 ? [notes.map((note) => `- ${markdownText(note)}`).join('\n')] : []),
    ...[...frameworks].flatMap(([framework, own]) => [`### ${framework}`, controlTable(own)]),
    '### Checks',
    ...checks.map((one) => {
      const { check, severity, result } = one;
      const counted = populationOf(one);
      const head = `**${markdownText(check.id)}** (${severity}): ${markdownText(check.title)}. Result: ${RESULT_WORDS[result]}`;
      const lines = tellings(one).map((text) => `- ${markdownText(text)}`);
      return [
        `${head}${counted && `, ${markdownText(counted)}`}.`,
        ...(lines.length > 0 ? [lines.join('\n')] : []),
      ].join('\n\n');
    }),
  ];
}

const controlTable = (controls: readonly ControlEvidence[]): string =>
  markdownTable(
    ['control', 'asks for', 'result', 'checks'],
    controls.map(({ control, title, result, checks }) => [
      control,
      title,
      RESULT_WORDS[result],
      checks.map(markdownText).join(', '),
    ]),
  );
