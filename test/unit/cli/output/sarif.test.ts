import { describe, expect, it } from 'vitest';
import { gateLog } from '../../../../cli/gate/gate-log.ts';
import { renderSarif } from '../../../../cli/output/sarif.ts';
import { EVIL, exception, finding, told } from '../gate/told.ts';
import { sarifErrors } from './sarif-errors.ts';

const runOf = (...args: Parameters<typeof told>) => {
  const log = JSON.parse(renderSarif(gateLog(told(...args))));
  expect(sarifErrors(log)).toEqual([]);
  return log.runs[0];
};

describe('SARIF of the gate', () => {
  it('holds to the schema of OASIS, whatever there is to tell', () => {
    runOf();
    const run = runOf({
      findings: [finding(), finding({ rule: 'of-ones-own', severity: 'info', place: null, object: null })],
      existing: [finding()],
      skipped: [exception({ message: EVIL, object: EVIL, place: { file: EVIL, line: 1, field: null } })],
      unjudged: ['the newest scan is old'],
      notes: ['one'],
    });
    expect(run.results).toHaveLength(3);
  });

  it('is told from what is no SARIF', () => {
    expect(sarifErrors({ version: '2.1.0', runs: [{ tool: {} }] })).not.toEqual([]);
  });

  it('places a finding at its line, under its rule, with what makes it the same next time', () => {
    const { results, tool } = runOf({ findings: [finding({ fingerprint: 'abc' })] });
    expect(results[0]).toMatchObject({
      ruleId: 'calls-denied',
      level: 'error',
      message: { text: 'shop/web would no longer reach shop/cart on port 8080' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'shop/policy.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 12 },
          },
          logicalLocations: [{ fullyQualifiedName: 'AuthorizationPolicy shop/cart' }],
        },
      ],
      partialFingerprints: { 'meshgraph/v1': 'abc' },
      baselineState: 'new',
      suppressions: [],
      properties: { field: 'spec.identities[0]', row: { caller: 'shop/web' } },
    });
    const rule = tool.driver.rules[results[0].ruleIndex];
    expect([rule.id, tool.driver.version]).toEqual(['calls-denied', '1.2.3']);
    expect(rule.help.markdown).toContain('**What to do:** ');
  });

  it('shows what no line is to blame for where the manifests begin, and says so', () => {
    const [result] = runOf({ findings: [finding({ place: null })] }).results;
    expect(result.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'shop/policy.yaml' },
      region: { startLine: 2 },
    });
    expect(result.properties.place).toContain('no line of these manifests is to blame');
  });

  it.each([
    ['critical', 'error'],
    ['high', 'error'],
    ['medium', 'warning'],
    ['low', 'note'],
    ['info', 'note'],
  ] as const)('tells %s as %s', (severity, level) => {
    expect(runOf({ findings: [finding({ severity })] }).results[0].level).toBe(level);
  });

  it('tells excepted findings as suppressed, with the reason', () => {
    expect(runOf({ skipped: [exception()] }).results[0].suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'until the migration (until 2027-03-31)' },
    ]);
  });

  it('says of a finding that its exception is over', () => {
    const late = exception();
    const [result] = runOf({ findings: [late.finding], expired: [late] }).results;
    expect(result.message.text).toContain('(excepted until 2027-03-31: until the migration)');
  });

  it('tells what was there before only where that fails, and as such', () => {
    expect(runOf({ existing: [finding()] }).results).toEqual([]);
    expect(runOf({ existing: [finding()] }, true).results[0].baselineState).toBe('unchanged');
  });

  it('tells what it cannot judge as errors of the run', () => {
    const [invocation] = runOf({ unjudged: ['old'], notes: ['known for 10m'] }).invocations;
    expect(invocation).toEqual({
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [
        { level: 'error', message: { text: 'old' } },
        { level: 'note', message: { text: 'known for 10m' } },
      ],
    });
  });

  it('writes paths as relative URIs', () => {
    const place = { file: 'a b/ü#.yaml', line: 1, field: null };
    const [result] = runOf({ findings: [finding({ place })] }).results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/%C3%BC%23.yaml');
  });

  it('holds no more results than GitHub takes, and counts the rest', () => {
    const run = JSON.parse(renderSarif(gateLog(told({ findings: Array.from({ length: 25_002 }, () => finding()) }))));
    expect(run.runs[0].results).toHaveLength(25_000);
    expect(run.runs[0].invocations[0].toolExecutionNotifications.at(-1).message.text).toBe(
      '2 results more are left out',
    );
  });
});
