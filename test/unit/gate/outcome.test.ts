import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../shared/gate/outcome.ts';
import type { GateReport } from '../../../shared/gate/report.ts';
import { exception, finding, report } from '../cli/gate/told.ts';

const code = (overrides: Partial<GateReport>, strictness: Partial<Parameters<typeof outcomeOf>[1]> = {}) =>
  outcomeOf(report(overrides), { failOn: 'high', all: false, ...strictness }).exitCode;

describe('a gate', () => {
  it('is green only where everything was judged and nothing fails', () => {
    expect(code({})).toBe(0);
    expect(code({ unjudged: ['no window covers it'] })).toBe(2);
  });

  it.each([
    ['critical', 1],
    ['high', 1],
    ['medium', 0],
    ['info', 0],
  ] as const)('that fails on high meets a %s finding with %i', (severity, wanted) => {
    expect(code({ findings: [finding({ severity })] })).toBe(wanted);
  });

  it('fails on what it knows even where the rest cannot be judged', () => {
    expect(code({ findings: [finding()], unjudged: ['stale'] })).toBe(1);
    expect(code({ findings: [finding({ severity: 'low' })], unjudged: ['stale'] })).toBe(2);
  });

  it('counts what was there before only where it is told to', () => {
    const existing = [finding({ severity: 'critical' })];
    expect(code({ existing })).toBe(0);
    expect(code({ existing }, { all: true })).toBe(1);
  });

  it('fails on an exception that is over, however mild what it excepted', () => {
    const { finding: late, ...rest } = exception({ severity: 'info' });
    expect(code({ findings: [late], expired: [{ finding: late, ...rest }] })).toBe(1);
    expect(code({ skipped: [{ finding: late, ...rest }] })).toBe(0);
  });

  it('tells the gravest first', () => {
    const findings = (['high', 'critical', 'low', 'medium'] as const).map((severity) => finding({ severity }));
    const { failing, passing } = outcomeOf(report({ findings }), { failOn: 'high', all: false });
    expect([failing, passing].map((some) => some.map(({ severity }) => severity))).toEqual([
      ['critical', 'high'],
      ['medium', 'low'],
    ]);
  });
});
