import { expect, test } from 'vitest';
import type { Compaction } from '../../../functions/compact-graph/compact-graph.ts';
import { measureCompaction } from '../../../functions/compact-graph/measure-compaction.ts';

const SPANS = { windows: 1, days: 1, months: 1, closed: 1, findings: 1 };
const DONE: Compaction = { finished: true, changed: { days: 3 }, size: { nodes: 10, relationships: 20 } };

function told(compaction: Compaction) {
  const measured: Record<string, number> = {};
  const lines: string[] = [];
  const log = {
    info: (message: string) => lines.push(message),
    warn: (message: string) => lines.push(`warning: ${message}`),
  };
  const measure = (name: string, value: number) => {
    measured[name] = value;
  };
  measureCompaction({ log, measure }, compaction);
  return { measured, lines };
}

test('the size of the graph is measured after every run, the budget where there is one', () => {
  expect(told(DONE).measured).toEqual({ GraphNodes: 10, GraphRelationships: 20, DeadlineReached: 0 });
  const budget = { used: 80, fits: true, tightened: undefined };
  expect(told({ ...DONE, finished: false, budget }).measured).toMatchObject({ BudgetUsed: 80, DeadlineReached: 1 });
});

test('it is said when less is kept than configured, and when even that does not help', () => {
  expect(told({ ...DONE, budget: { used: 80, fits: true, tightened: SPANS } }).lines).toEqual([
    'compacted',
    'warning: less is kept than configured, so that the graph fits its budget',
  ]);
  expect(told({ ...DONE, budget: { used: 130, fits: false, tightened: SPANS } }).lines[1]).toMatch(
    /does not fit its budget/,
  );
});
