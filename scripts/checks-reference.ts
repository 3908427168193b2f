import type { Check } from '../shared/checks/check.ts';
import { formatDuration } from '../shared/domain/duration.ts';

/** docs/checks.md: what every check looks for, why, what to do, and what it must know to judge. */
export function renderChecksReference(checks: readonly Check[]): string {
  const table = checks.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title} |`);
  return [
    '# Checks',
    '',
    'Made from `shared/checks` by `npm run docs`. `meshgraph check` runs them, `meshgraph.yaml` turns them off, changes',
    'their severity and parameters, and accepts single findings by an exception (columns of the row, a reason, an end date).',
    'A check whose scans are missing or stale is never clean: it says that it cannot judge, and the exit code is 2.',
    '',
    '| check | severity | clean means |',
    '| --- | --- | --- |',
    ...table,
    ...checks.flatMap(renderCheck),
    '',
  ].join('\n');
}

function renderCheck({ id, title, severity, rationale, remedy, needs, parameters, columns }: Check): string[] {
  const sources = [needs.traffic ? ['traffic windows'] : [], needs.families.map((family) => `\`${family}\``)].flat();
  return [
    '',
    `## ${id}`,
    '',
    `Clean: ${title}. Severity: ${severity}.`,
    '',
    rationale,
    '',
    `**What to do.** ${remedy}`,
    '',
    `Judges on: ${sources.join(', ')}. Columns for exceptions: ${columns.map((column) => `\`${column}\``).join(', ')}.`,
    ...(parameters.length > 0 ? ['', '| parameter | default | meaning |', '| --- | --- | --- |'] : []),
    ...parameters.map(({ name, meaning, defaultMs }) => `| \`${name}\` | ${formatDuration(defaultMs)} | ${meaning} |`),
  ];
}
