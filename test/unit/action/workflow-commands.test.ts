import { expect, test } from 'vitest';
import { annotation, annotations } from '../../../action/workflow-commands.ts';
import type { GateFinding } from '../../../shared/gate/report.ts';

const finding = (found: Partial<GateFinding>): GateFinding => ({
  rule: 'calls-denied',
  severity: 'high',
  fingerprint: 'a',
  message: 'it breaks',
  place: { file: 'shop/web.yaml', line: 7, field: 'spec' },
  object: null,
  row: {},
  ...found,
});

// https://docs.github.com/actions/reference/workflow-commands-for-github-actions; escapes as @actions/core makes them.
test('what would end or split a command is escaped', () => {
  const told = annotation('error', '100 % of\r\nit: all, gone', { file: 'a,b:c.yaml', title: 'x\ny' });
  expect(told).toBe('::error file=a%2Cb%3Ac.yaml,title=x%0Ay::100 %25 of%0D%0Ait: all, gone\n');
});

test('a finding that fails is an error, others are warnings or notices by severity', () => {
  const told = annotations(
    [
      finding({ fingerprint: 'fails' }),
      finding({ severity: 'medium', place: null }),
      finding({ severity: 'low', rule: 'admission-odd' }),
    ],
    ({ fingerprint }) => fingerprint === 'fails',
  );
  expect(told.trim().split('\n')).toEqual([
    '::error file=shop/web.yaml,line=7,title=calls-denied (high)::it breaks',
    '::warning title=calls-denied (medium)::it breaks',
    '::notice file=shop/web.yaml,line=7,title=admission-odd (low)::it breaks',
  ]);
});

test('GitHub shows ten of a level, so the tenth says how many there are', () => {
  const told = annotations(
    Array.from({ length: 12 }, () => finding({})),
    () => true,
  );
  const lines = told.trim().split('\n');
  expect(lines).toHaveLength(10);
  expect(lines[9]).toBe('::error title=meshgraph gate::3 more of this kind: see the summary of this job');
});
