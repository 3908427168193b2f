import type { GateFinding } from '../../shared/gate/report.ts';
import { lastDay } from '../../shared/gate/telling/amounts.ts';
import type { JunitSuite } from '../output/junit.ts';
import { byRule, describeRule, fullMessage, shownPlace, type ToldGate } from './told-gate.ts';

type Case = JunitSuite['cases'][number];

/** The judgement as a suite of tests: a case for each rule, for each rule and file that has findings, and for whether it can be judged. */
export function gateCases(gate: ToldGate): JunitSuite {
  const { report, outcome, rules } = gate;
  const { cluster, unjudged, skipped } = report;
  const told = [...outcome.failing, ...outcome.passing];
  const messageOf = fullMessage(report);
  const inFull = (finding: GateFinding): GateFinding => ({ ...finding, message: messageOf(finding) });
  const found = new Set(told.map(({ rule }) => rule));
  return {
    name: `meshgraph gate ${cluster}`,
    cases: [
      {
        group: 'meshgraph',
        name: 'the change can be judged',
        outcome: unjudged.length > 0 ? 'error' : 'passed',
        message: unjudged[0] ?? '',
        text: unjudged.join('\n'),
      },
      ...rules.filter((id) => !found.has(id)).map((id) => passed(gate, id)),
      ...byFile(gate, outcome.failing.map(inFull), 'failed'),
      ...byFile(gate, outcome.passing, 'passed'),
      ...skipped.map(({ finding, reason, until }): Case => {
        const message = `${reason} (until ${lastDay(until)})`;
        return { ...caseOf(gate, finding), outcome: 'skipped', message, text: linesOf([finding]) };
      }),
    ],
  };
}

const passed = (gate: ToldGate, id: string): Case => ({
  group: id,
  name: describeRule(gate, id).title,
  outcome: 'passed',
  message: '',
  text: '',
});

const byFile = (gate: ToldGate, findings: readonly GateFinding[], outcome: Case['outcome']): Case[] =>
  byRule(findings).flatMap(([, ofRule]) =>
    [...Map.groupBy(ofRule, ({ place }) => place?.file)].flatMap(([, members]) => {
      const [first] = members;
      return first ? [{ ...caseOf(gate, first), outcome, message: firstOf(members), text: linesOf(members) }] : [];
    }),
  );

const caseOf = (gate: ToldGate, { rule, place }: GateFinding) => ({
  group: rule,
  name: `${describeRule(gate, rule).title}${place ? `, in ${place.file}` : ''}`,
});

const firstOf = ([first, ...others]: readonly GateFinding[]): string =>
  `${first?.message}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;

const linesOf = (findings: readonly GateFinding[]): string =>
  findings
    .map((finding) => {
      const place = shownPlace(finding);
      return `${finding.severity}: ${place === null ? '' : `${place}: `}${finding.message}`;
    })
    .join('\n');
