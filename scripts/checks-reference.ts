import type { Check } from '../shared/checks/check.ts';
import { CONTROLS, type ControlId } from '../shared/checks/controls.ts';
import { formatDuration } from '../shared/domain/duration.ts';
import { columnsText, referencePage } from './reference-page.ts';

const INTRO = [
  'Made from `shared/checks` by `npm run docs`. `meshgraph check` runs them, `meshgraph.yaml` turns them off, changes',
  'their severity and parameters, and accepts single findings by an exception (columns of the row, a reason, an end date).',
  'A check whose scans are missing or stale is never clean: it says that it cannot judge, and the exit code is 2.',
];

/** docs/checks.md: what every check looks for, why, what to do, and what it must know to judge; which control each is evidence for. */
export const renderChecksReference = (checks: readonly Check[]): string =>
  [referencePage({ title: 'Checks', intro: INTRO, noun: 'check' }, checks, needsOf), ...controlsTable(checks)].join(
    '\n',
  );

function needsOf({ needs, parameters, columns, population, controls }: Check): string[] {
  const sources = [needs.traffic ? ['traffic windows'] : [], needs.families.map((family) => `\`${family}\``)].flat();
  return [
    `Judges on: ${sources.join(', ')}. ${columnsText(columns)}`,
    '',
    `Tells how many of the ${population?.noun} violate it. Evidence for: ${controls.map(nameOf).join(', ')}.`,
    ...(parameters.length > 0 ? ['', '| parameter | default | meaning |', '| --- | --- | --- |'] : []),
    ...parameters.map(({ name, meaning, defaultMs }) => `| \`${name}\` | ${formatDuration(defaultMs)} | ${meaning} |`),
  ];
}

const nameOf = (id: ControlId): string => `${CONTROLS[id].framework} ${CONTROLS[id].control}`;

function controlsTable(checks: readonly Check[]): string[] {
  const rows = (Object.keys(CONTROLS) as ControlId[]).flatMap((id) => {
    const evidence = checks.filter(({ controls }) => controls.includes(id));
    if (evidence.length === 0) return [];
    const { framework, control, title } = CONTROLS[id];
    return `| ${framework} | ${control} | ${title} | ${evidence.map((check) => `[${check.id}](#${check.id})`).join(', ')} |`;
  });
  return [
    '## Controls',
    '',
    'A clean result is evidence for a control as far as the check goes, and no more: a control asks for more than one check can see.',
    '',
    '| framework | control | asks for | checks |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}
