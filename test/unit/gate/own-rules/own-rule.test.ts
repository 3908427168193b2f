import { describe, expect, it } from 'vitest';
import { parseOwnRule } from '../../../../shared/gate/own-rules/own-rule.ts';

const YAML = [
  'title: nothing of batch is let in',
  'severity: high',
  'rationale: batch runs what anybody uploads',
  'remedy: take it out',
  'message: "{policy} lets {who} in"',
  'fingerprint: [policy, who]',
];
const parse = (lines: readonly string[] = YAML, more: { id?: string; query?: string } = {}) =>
  parseOwnRule({ id: 'no-batch', folder: 'rules/no-batch', yaml: lines.join('\n'), query: 'RETURN 1', ...more });
const changed = (line: number, text: string): string[] => YAML.with(line - 1, text);

describe('a rule of the user’s own', () => {
  it('is what its two files say, under the name of its folder', () => {
    expect(parse()).toMatchObject({
      id: 'no-batch',
      severity: 'high',
      fingerprint: ['policy', 'who'],
      query: 'RETURN 1',
    });
    expect(() => parse().mustFit(['policy', 'who', 'more'])).not.toThrow();
  });

  it.each([
    ['is no YAML', changed(3, 'rationale: [a'), 'rules/no-batch/check.yaml:4: not YAML: '],
    ['has a severity nobody knows', changed(2, 'severity: grave'), 'rules/no-batch/check.yaml:2: severity: '],
    ['has a key nobody knows', [...YAML, 'owner: me'], 'rules/no-batch/check.yaml:7: there is no owner in a rule'],
    ['names nothing to know it by', changed(6, 'fingerprint: []'), 'rules/no-batch/check.yaml:6: fingerprint: '],
    ['lacks its remedy', YAML.toSpliced(3, 1), 'rules/no-batch/check.yaml:1: remedy: '],
    ['is empty', [], 'rules/no-batch/check.yaml:1: a rule: '],
  ])('is refused with file and line where it %s', (_, lines, sentence) => {
    expect(() => parse(lines)).toThrow(sentence);
  });

  it('is refused under a name of meshgraph’s own, under one that is no name, and without a query', () => {
    expect(() => parse(YAML, { id: 'calls-denied' })).toThrow("calls-denied is a rule of meshgraph's own");
    expect(() => parse(YAML, { id: 'No Batch' })).toThrow('not No Batch');
    expect(() => parse(YAML, { query: '\n' })).toThrow('rules/no-batch/query.cypher:1: there is no query in it');
  });

  it.each([
    ['message', YAML, ['policy'], 'check.yaml:5: message names who'],
    ['fingerprint', changed(5, 'message: it is so'), ['policy'], 'check.yaml:6: fingerprint names who'],
    ['about', [...YAML, 'about: [key]'], ['policy', 'who'], 'check.yaml:7: about names key'],
  ])('is refused where its %s names a column that the query does not return', (_, lines, columns, sentence) => {
    expect(() => parse(lines).mustFit(columns)).toThrow(sentence);
  });
});
