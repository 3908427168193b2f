import type { GateRule } from '../shared/gate/rule.ts';
import { columnsText, referencePage } from './reference-page.ts';

const INTRO = [
  'Made from `shared/gate/rules` by `npm run docs`. `meshgraph gate` judges a change by them. `gate.rules` of `meshgraph.yaml`',
  'turns them off, changes their severity, and accepts single findings by an exception (columns of the row, a reason, an end',
  'date). Only what the change causes fails the gate; what was so before is told apart. A severity is that of the rule, and',
  'single findings may be graver or less grave, as the text says.',
];

/** docs/gate-rules.md: what every rule of the gate looks for, why, what to do, and what an exception can go by. */
export const renderGateRulesReference = (rules: readonly GateRule[]): string =>
  referencePage({ title: 'Rules of the gate', intro: INTRO, noun: 'rule' }, rules, ({ columns }) => [
    columnsText(columns),
  ]);
