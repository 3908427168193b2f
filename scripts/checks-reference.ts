import type { Check } from '../shared/checks/check.ts';
import { formatDuration } from '../shared/domain/duration.ts';
import { columnsText, referencePage } from './reference-page.ts';

const INTRO = [
  'Made from `shared/checks` by `npm run docs`. `meshgraph check` runs them, `meshgraph.yaml` turns them off, changes',
  'their severity and parameters, and accepts single findings by an exception (columns of the row, a reason, an end date).',
  'A check whose scans are missing or stale is never clean: it says that it cannot judge, and the exit code is 2.',
];

/** docs/checks.md: what every check looks for, why, what to do, and what it must know to judge. */
export const renderChecksReference = (checks: readonly Check[]): string =>
  referencePage({ title: 'Checks', intro: INTRO, noun: 'check' }, checks, needsOf);

function needsOf({ needs, parameters, columns }: Check): string[] {
  const sources = [needs.traffic ? ['traffic windows'] : [], needs.families.map((family) => `\`${family}\``)].flat();
  return [
    `Judges on: ${sources.join(', ')}. ${columnsText(columns)}`,
    ...(parameters.length > 0 ? ['', '| parameter | default | meaning |', '| --- | --- | --- |'] : []),
    ...parameters.map(({ name, meaning, defaultMs }) => `| \`${name}\` | ${formatDuration(defaultMs)} | ${meaning} |`),
  ];
}
