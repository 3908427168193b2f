import { describe, expect, it } from 'vitest';
import { checkLog } from '../../../../cli/check/check-log.ts';
import type { JudgedCheck } from '../../../../cli/check/judged.ts';
import { renderSarif } from '../../../../cli/output/sarif.ts';
import { sarifErrors } from '../output/sarif-errors.ts';
import { ACCEPTED, EVIL, evaluation, finding, LEARNING, result, UNKNOWN, VIOLATED } from './evaluated.ts';

function runOf(...results: JudgedCheck[]) {
  const log = JSON.parse(renderSarif(checkLog([evaluation(...results)], { exitCode: 1, version: '1.2.3' })));
  expect(sarifErrors(log)).toEqual([]);
  return log.runs[0];
}

describe('SARIF of the checks', () => {
  it('tells a finding by what it is about, under its check', () => {
    const { results, tool } = runOf(VIOLATED);
    expect(results).toHaveLength(2);
    expect(results[0]).toMatchObject({
      ruleId: 'denied-arrivals',
      level: 'error',
      message: { text: 'web was denied' },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'prod/shop/Deployment/web' }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: 'prod/shop/Deployment/web' }],
        },
      ],
      partialFingerprints: { 'meshgraph/v1': 'prod/Finding/abc' },
      suppressions: [],
    });
    expect(results[0]).not.toHaveProperty('baselineState');
    expect(tool.driver.rules).toMatchObject([
      { id: 'denied-arrivals', properties: { tags: ['security', 'linkerd', 'policy', 'nist-si-4'] } },
    ]);
  });

  it('has no result and no error where all is clean', () => {
    expect(runOf(result())).toMatchObject({ results: [], invocations: [{ executionSuccessful: true }] });
  });

  it('never looks clean where a check could not be judged: an open result, and an error of the run', () => {
    const { results, invocations } = runOf(UNKNOWN);
    expect(results).toMatchObject([
      { kind: 'open', level: 'none', message: { text: 'cannot be judged: no traffic window up to now' } },
    ]);
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'error', message: { text: 'prod: denied-arrivals: no traffic window up to now' } },
      ],
    });
  });

  it('says of a check that still learns that nothing was judged yet', () => {
    expect(runOf(LEARNING).invocations[0].toolExecutionNotifications).toEqual([
      { level: 'note', message: { text: 'prod: denied-arrivals: not judged yet: learning takes 7d' } },
    ]);
  });

  it('tells what is accepted as suppressed, with the reason', () => {
    expect(runOf(ACCEPTED).results[0].suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'until the migration' },
    ]);
  });

  it('holds to the schema whatever a cluster holds, and of whatever it is about', () => {
    const about = [{ label: 'External', key: `prod/External/${EVIL}` }];
    const { results } = runOf(result({ findings: [finding(EVIL, { about }), finding('of nothing', { about: [] })] }));
    expect(results[1].locations[0].physicalLocation.artifactLocation.uri).toBe('prod');
  });
});
