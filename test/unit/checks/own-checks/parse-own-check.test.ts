import { describe, expect, it } from 'vitest';
import { parseOwnCheck } from '../../../../shared/checks/own-checks/parse-own-check.ts';

const YAML = [
  'title: nothing of batch is let in',
  'severity: high',
  'rationale: batch runs what anybody uploads',
  'remedy: take it out',
  'message: "{policy} lets {who} in"',
  'fingerprint: [policy, who]',
];
const parse = (
  lines: readonly string[] = YAML,
  more: { id?: string; query?: string; population?: string } = {},
  noun: 'check' | 'rule' = 'check',
) =>
  parseOwnCheck(
    { id: 'no-batch', folder: 'own/no-batch', yaml: lines.join('\n'), query: 'RETURN 1', ...more },
    { ids: ['calls-denied'], noun },
  );
const changed = (line: number, text: string): string[] => YAML.with(line - 1, text);

describe('a check of the user’s own', () => {
  it('is what its two files say, under the name of its folder', () => {
    expect(parse()).toEqual({
      id: 'no-batch',
      folder: 'own/no-batch',
      title: 'nothing of batch is let in',
      severity: 'high',
      rationale: 'batch runs what anybody uploads',
      remedy: 'take it out',
      message: '{policy} lets {who} in',
      fingerprint: ['policy', 'who'],
      controls: [],
      query: 'RETURN 1',
      lines: { title: 1, severity: 2, rationale: 3, remedy: 4, message: 5, fingerprint: 6, controls: 1 },
    });
  });

  it('may say what must be known, of how many things it finds some, and what a clean result is evidence for', () => {
    const lines = [...YAML, 'needs: {families: [pods]}', 'population: workloads', 'controls: [nist-sc-8]'];
    expect(parse(lines, { population: 'RETURN 3 AS count' })).toMatchObject({
      needs: { traffic: false, families: ['pods'] },
      population: 'workloads',
      populationQuery: 'RETURN 3 AS count',
      controls: ['nist-sc-8'],
    });
  });

  it.each([
    ['is no YAML', changed(3, 'rationale: [a'), 'own/no-batch/check.yaml:4: not YAML: '],
    [
      'has a severity nobody knows',
      changed(2, 'severity: grave'),
      'own/no-batch/check.yaml:2: severity: expected one of critical, high, medium, low, info, got "grave"',
    ],
    [
      'has a key that was mistyped',
      changed(1, 'titel: nothing'),
      'own/no-batch/check.yaml:1: unknown key "titel": did you mean "title"?',
    ],
    [
      'has a key nobody knows',
      [...YAML, 'wombat: me'],
      'own/no-batch/check.yaml:7: "wombat" does not fit here: known are',
    ],
    [
      'names nothing to know it by',
      changed(6, 'fingerprint: []'),
      'own/no-batch/check.yaml:6: fingerprint: expected at least one column, got []',
    ],
    ['lacks its remedy', YAML.toSpliced(3, 1), 'own/no-batch/check.yaml:1: remedy: expected a text, but it is missing'],
    ['is empty', [], 'own/no-batch/check.yaml:1: title: expected a text, but it is missing'],
    [
      'needs facts nobody reads',
      [...YAML, 'needs: {families: [pod]}'],
      'own/no-batch/check.yaml:7: needs.families[0]: expected one of ',
    ],
    [
      'names a control nobody knows',
      [...YAML, 'controls: [soc3]'],
      'own/no-batch/check.yaml:7: controls[0]: expected one of ',
    ],
    [
      'says what is counted, and does not count',
      [...YAML, 'population: pods'],
      'own/no-batch/check.yaml:7: population: expected own/no-batch/population.cypher, which counts the pods',
    ],
  ])('is refused with file and line where it %s', (_, lines, sentence) => {
    expect(() => parse(lines)).toThrow(sentence);
  });

  it('is refused under a name of meshgraph’s own, under one that is no name, and without a query', () => {
    expect(() => parse(YAML, { id: 'calls-denied' })).toThrow("calls-denied is a check of meshgraph's own");
    expect(() => parse(YAML, { id: 'calls-denied' }, 'rule')).toThrow("calls-denied is a rule of meshgraph's own");
    expect(() => parse(YAML, { id: 'No Batch' })).toThrow('not No Batch');
    expect(() => parse(YAML, { query: '\n' })).toThrow('own/no-batch/query.cypher:1: there is no query in it');
  });

  it('is refused where it counts and does not say what', () => {
    expect(() => parse(YAML, { population: 'RETURN 3 AS count' })).toThrow(
      'own/no-batch/check.yaml:1: population: expected what own/no-batch/population.cypher counts',
    );
  });
});
