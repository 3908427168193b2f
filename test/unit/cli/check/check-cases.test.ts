import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { checkCases } from '../../../../cli/check/check-cases.ts';
import type { JudgedCheck } from '../../../../cli/check/judged.ts';
import { renderJunit } from '../../../../cli/output/junit.ts';
import { ACCEPTED, EVIL, evaluation, finding, LEARNING, result, UNKNOWN, VIOLATED } from './evaluated.ts';

const schema = readFileSync(join(import.meta.dirname, '../../../fixtures/report-schemas/junit-10.xsd'), 'utf8');

async function xmlOf(failOn: 'high' | 'critical', ...results: JudgedCheck[]): Promise<string> {
  const contents = renderJunit(checkCases([evaluation(...results)], failOn));
  const { errors } = await validateXML({ xml: { fileName: 'check.xml', contents }, schema });
  expect(errors.map(({ message }) => message)).toEqual([]);
  return contents;
}

describe('JUnit of the checks', () => {
  it('passes what was judged and is clean, and nothing else', async () => {
    expect(await xmlOf('high', result())).toContain('tests="1" failures="0" errors="0" skipped="0"');
    expect(await xmlOf('high', UNKNOWN)).toContain('tests="1" failures="0" errors="1" skipped="0"');
    expect(await xmlOf('high', UNKNOWN)).toContain(
      'name="prod: no caller is turned away" time="0"><error message="cannot be judged: no traffic window up to now"',
    );
    expect(await xmlOf('high', LEARNING)).toContain('<skipped message="not judged yet: learning takes 7d">');
  });

  it('fails what is at or over the severity that fails, with all that was found and what to do', async () => {
    const xml = await xmlOf('high', VIOLATED);
    expect(xml).toContain('<failure message="web was denied (and 1 more)" type="denied-arrivals">');
    expect(xml).toContain('high: web was denied&#10;high: api was denied&#10;hint: admit it</failure>');
    const lenient = await xmlOf('critical', VIOLATED);
    expect(lenient).toContain('failures="0"');
    expect(lenient).toContain('<system-out>high: web was denied');
  });

  it('tells what cannot be judged as an error though it has findings that do not fail', async () => {
    const both = result({ status: 'unknown', reason: 'stale', findings: [finding('old')], severity: 'low' });
    expect(await xmlOf('high', both)).toContain('errors="1"');
  });

  it('skips what is accepted, with the reason, beside the check that passes', async () => {
    const xml = await xmlOf('high', ACCEPTED);
    expect(xml).toContain('tests="2" failures="0" errors="0" skipped="1"');
    expect(xml).toContain('turned away, accepted" time="0"><skipped message="until the migration">web was denied');
  });

  it('is XML whatever a cluster holds', async () => {
    const xml = await xmlOf('high', result({ status: 'violated', findings: [finding(EVIL)] }));
    expect(xml).not.toContain('<img');
    expect(xml).not.toContain('\u001b');
  });
});
