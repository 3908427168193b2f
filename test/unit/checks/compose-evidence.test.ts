import { describe, expect, test } from 'vitest';
import { composeEvidence } from '../../../shared/checks/evidence/compose-evidence.ts';

type Judged = Parameters<typeof composeEvidence>[0][number];

const judged = (id: string, more: Partial<Judged> = {}): Judged => ({
  check: { id, title: `${id} is well`, controls: ['soc2-cc6.7', 'gdpr-32'] },
  severity: 'high',
  status: 'clean',
  findings: [],
  accepted: [],
  ...more,
});
const found: Partial<Judged> = { status: 'violated', findings: [{ message: 'web called in plain text' }] };
const accepted: Partial<Judged> = { accepted: [{ finding: { message: 'known' }, reason: 'until we move' }] };
const unknown: Partial<Judged> = { status: 'unknown', reason: 'no traffic window' };

const resultsOf = (...checks: Judged[]) =>
  Object.fromEntries(composeEvidence(checks).controls.map(({ id, result }) => [id, result]));

describe('what checks show of a control', () => {
  test.each([
    ['one that found nothing: clean', [judged('a')], 'clean'],
    ['one whose findings are all accepted: accepted', [judged('a'), judged('b', accepted)], 'accepted'],
    ['one that could not be judged: unknown, whatever else is clean', [judged('a'), judged('b', unknown)], 'unknown'],
    [
      'one that is clean only so far: unknown',
      [judged('a', { reason: 'not judged yet: watched since today' })],
      'unknown',
    ],
    ['one that found something: open, whatever else there is', [judged('a', unknown), judged('b', found)], 'open'],
    ['findings beside accepted ones: open', [judged('a', { ...accepted, ...found })], 'open'],
  ])('%s', (_, checks, result) => {
    expect(resultsOf(...checks)).toEqual({ 'soc2-cc6.7': result, 'gdpr-32': result });
  });

  test('a control that no judged check is evidence for is not told, nor is anything claimed by a check without any', () => {
    const { controls, checks } = composeEvidence([judged('own', { check: { id: 'own', title: 'mine' } })]);
    expect(controls).toEqual([]);
    expect(checks).toMatchObject([{ check: { id: 'own' }, result: 'clean' }]);
  });

  test('a control names its checks and where it is written', () => {
    const [control] = composeEvidence([judged('a'), judged('b')]).controls;
    expect(control).toMatchObject({ framework: 'SOC 2 (TSC 2017)', control: 'CC6.7', checks: ['a', 'b'] });
  });
});
