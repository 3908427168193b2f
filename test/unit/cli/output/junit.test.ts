import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { gateCases } from '../../../../cli/gate/gate-cases.ts';
import { renderJunit } from '../../../../cli/output/junit.ts';
import { EVIL, exception, finding, told } from '../gate/told.ts';

const schema = readFileSync(join(import.meta.dirname, '../../../fixtures/report-schemas/junit-10.xsd'), 'utf8');

async function xmlOf(...args: Parameters<typeof told>): Promise<string> {
  const contents = renderJunit(gateCases(told(...args)));
  const { errors } = await validateXML({ xml: { fileName: 'gate.xml', contents }, schema });
  expect(errors.map(({ message }) => message)).toEqual([]);
  return contents;
}

describe('JUnit of the gate', () => {
  it('has a case for each rule, and one for whether it can be judged', async () => {
    const xml = await xmlOf();
    expect(xml).toContain('<testsuites tests="3" failures="0" errors="0">');
    expect(xml).toContain(
      '<testsuite name="meshgraph gate prod" tests="3" failures="0" errors="0" skipped="0" time="0">',
    );
    expect(xml).toContain('<testcase classname="meshgraph" name="the change can be judged" time="0"/>');
    expect(xml).toMatch(/<testcase classname="calls-denied" name="[^"]+" time="0"\/>/);
  });

  it('has a case for each rule and file that has findings: what fails, what does not, what is excepted', async () => {
    const other = { file: 'other.yaml', line: 3, field: null };
    const xml = await xmlOf({
      findings: [
        finding(),
        finding({ message: 'second' }),
        finding({ place: other }),
        finding({ severity: 'low', message: 'mild' }),
      ],
      skipped: [exception({ rule: 'access-opened' })],
      unjudged: ['the newest scan is old'],
    });
    expect(xml).toContain('tests="6" failures="2" errors="1" skipped="1"');
    expect(xml).toMatch(
      /, in shop\/policy\.yaml" time="0"><failure message="[^"]+ \(and 1 more\)" type="calls-denied">/,
    );
    expect(xml).toContain('high: shop/policy.yaml:12: second</failure>');
    expect(xml).toMatch(/, in other\.yaml" time="0"><failure /);
    expect(xml).toContain('<system-out>low: shop/policy.yaml:12: mild</system-out>');
    expect(xml).toContain('<skipped message="until the migration (until 2027-03-31)">');
    expect(xml).toContain('<error message="the newest scan is old" type="meshgraph">');
  });

  it('says of a finding that its exception is over', async () => {
    const late = exception();
    const xml = await xmlOf({ findings: [late.finding], expired: [late] });
    expect(xml).toContain('(excepted until 2027-03-31: until the migration)</failure>');
  });

  it('is XML whatever manifests hold', async () => {
    const evil = `${EVIL}\u0000\ufffe\ud800`;
    const xml = await xmlOf({ findings: [finding({ message: evil, place: { file: evil, line: 1, field: null } })] });
    expect(xml).not.toContain('<img');
    expect(xml).not.toContain('\u001b');
  });
});
