import type { GateRule } from '../shared/gate/rule.ts';

/** docs/gate-rules.md: what every rule of the gate looks for, why, what to do, and what an exception can go by. */
export function renderGateRulesReference(rules: readonly GateRule[]): string {
  const table = rules.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title} |`);
  return [
    '# Rules of the gate',
    '',
    'Made from `shared/gate/rules` by `npm run docs`. `meshgraph gate` judges a change by them. `gate.rules` of `meshgraph.yaml`',
    'turns them off, changes their severity, and accepts single findings by an exception (columns of the row, a reason, an end',
    'date). Only what the change causes fails the gate; what was so before is told apart. A severity is that of the rule, and',
    'single findings may be graver or less grave, as the text says.',
    '',
    '| rule | severity | clean means |',
    '| --- | --- | --- |',
    ...table,
    ...rules.flatMap(renderRule),
    '',
  ].join('\n');
}

const renderRule = ({ id, title, severity, rationale, remedy, columns }: GateRule): string[] => [
  '',
  `## ${id}`,
  '',
  `Clean: ${title}. Severity: ${severity}.`,
  '',
  rationale,
  '',
  `**What to do.** ${remedy}`,
  '',
  `Columns for exceptions: ${columns.map((column) => `\`${column}\``).join(', ')}.`,
];
