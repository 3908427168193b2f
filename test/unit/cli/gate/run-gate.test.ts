import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PULL_REQUESTS, PULL_REQUESTS_AT } from '../../../pull-requests.ts';
import { sarifErrors } from '../output/sarif-errors.ts';
import { AGAINST, gateFolder, server } from './gate-folder.ts';

const DAY = 86_400_000;
const { root, write, remove, gate } = gateFolder();
afterAll(remove);
const pull = (name: string, ...args: string[]) => gate(name, ['.', '--base', '../base', ...AGAINST, ...args]);

type SarifResult = {
  readonly ruleId: string;
  readonly level: string;
  readonly locations: readonly {
    physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
  }[];
  readonly properties: { readonly place?: string };
};

describe.each(PULL_REQUESTS)('the pull request $name', ({ name, expected }) => {
  it('is told in valid SARIF with the lines of its offending fields, and fails where it must', async () => {
    const { out, err, code } = await pull(name, '-o', 'sarif', '--config', '../../meshgraph.yaml');
    expect(err).toBe('');
    const log = JSON.parse(out);
    expect(sarifErrors(log)).toEqual([]);
    const results: SarifResult[] = log.runs[0].results;
    const told = results
      .filter(({ level }) => level !== 'note')
      .map(({ ruleId, properties, locations: [at] }) => {
        const { artifactLocation, region } = at?.physicalLocation ?? {};
        return [ruleId, properties.place ? undefined : `${artifactLocation?.uri}:${region?.startLine}`];
      });
    expect(told.toSorted()).toEqual(expected.findings.map(({ rule, at }) => [rule, at]).toSorted());
    const grave = expected.findings.filter(({ severity }) => severity === 'critical' || severity === 'high');
    expect(code).toBe(grave.length > 0 ? 1 : 0);
  });
});

describe('meshgraph gate', () => {
  it('tells one judgement on the terminal and in files, each in the format its ending asks for', async () => {
    const { out, err, code } = await pull(
      'widen-authentication',
      '--out',
      '../a.sarif',
      '--out',
      '../b.md',
      '--out',
      '../c.xml',
      '--out',
      '../d.json',
      '--out',
      '../e.txt',
    );
    expect([code, err.match(/written to /g)?.length]).toEqual([1, 5]);
    const read = (file: string) => readFile(join(root, 'widen-authentication', file), 'utf8');
    expect(sarifErrors(JSON.parse(await read('a.sarif')))).toEqual([]);
    expect(await read('b.md')).toMatch(/^<!-- meshgraph gate -->\n### ❌/);
    expect(await read('c.xml')).toMatch(/^<\?xml /);
    expect(JSON.parse(await read('d.json'))).toMatchObject({
      schema: 'meshgraph.gate/v1',
      exitCode: 1,
      failOn: 'high',
    });
    expect(await read('e.txt')).toBe(out);
    expect(out).toContain('    payments/ledger.yaml:71: ');
  });

  it('passes what it is told not to fail on', async () => {
    expect((await pull('widen-authentication', '--fail-on', 'critical')).code).toBe(0);
  });

  it('reads from stdin, in whatever pieces it comes', async () => {
    const bytes = await readFile(join(root, 'widen-authentication/after/payments/ledger.yaml'));
    async function* stdin() {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    }
    const { code, out } = await gate('widen-authentication', ['-', ...AGAINST], { stdin });
    expect([code, out]).toEqual([1, expect.stringContaining('    stdin:71: ')]);
  });

  it('takes what the base alone holds as deleted, also where nothing is left', async () => {
    await mkdir(join(root, 'audit-to-deny/empty'), { recursive: true });
    const { out, code } = await gate('audit-to-deny', ['../empty', '--base', '../base', ...AGAINST]);
    expect([code, out]).toEqual([expect.any(Number), expect.stringMatching(/objects: \d+ removed\n/)]);
  });

  it('takes the rest of a namespace as deleted where manifests are all of it', async () => {
    const partial = await gate('audit-to-deny', ['.', ...AGAINST, '-o', 'json']);
    const whole = await gate('audit-to-deny', ['.', ...AGAINST, '-o', 'json', '--full']);
    expect(JSON.parse(partial.out).objects.removed).toBe(0);
    expect(JSON.parse(whole.out).objects.removed).toBeGreaterThan(0);
  });

  it('puts objects without a namespace where it is told', async () => {
    const manifest = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n';
    write(join('one/after/a.yaml'), manifest);
    const inShop = await gate('one', ['a.yaml', ...AGAINST, '-n', 'shop', '-o', 'json']);
    expect(JSON.parse(inShop.out).objects).toMatchObject({ added: 0 });
    const inDefault = await gate('one', ['a.yaml', ...AGAINST, '-o', 'json']);
    expect(JSON.parse(inDefault.out).objects).toMatchObject({ added: 1 });
  });

  it('takes no directory for a manifest, whatever its name', async () => {
    write(join('named/after/web.yaml/kept.yaml'), server('web-y'));
    expect((await gate('named', ['.', ...AGAINST])).out).toContain('objects: 1 added\n');
  });

  it('says what it passes over', async () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n';
    write(
      join('beside/after/a.yaml'),
      `${map}---\n${server('web-x', 'podSelector: {matchLabels: {app: no}}, port: 80')}`,
    );
    const { out } = await gate('beside', ['a.yaml', ...AGAINST]);
    expect(out).toContain('note: not judged, as it decides over no call and no power: ConfigMap\n');
  });

  it('cannot judge on what is old, unless it may', async () => {
    const now = () => PULL_REQUESTS_AT + 3 * DAY;
    const old = await gate('image-bump', ['.', ...AGAINST], { now });
    expect([old.code, old.out]).toEqual([2, expect.stringContaining('‼ cannot judge: the newest scan of prod is of ')]);
    expect((await gate('image-bump', ['.', ...AGAINST, '--allow-stale'], { now })).code).toBe(0);
  });

  it('cannot judge by no rule', async () => {
    const rules = (await import('../../../../shared/gate/rules/registry.ts')).GATE_RULES;
    const off = rules.map(({ id }) => `    ${id}: { enabled: false }\n`).join('');
    write(join('image-bump/after/../off.yaml'), `gate:\n  rules:\n${off}`);
    const { code, out } = await gate('image-bump', ['.', ...AGAINST, '--config', '../off.yaml']);
    expect([code, out]).toEqual([2, expect.stringContaining('the configuration turns every rule of the gate off')]);
  });

  it.each([
    ['2026-11-24', 0, 'Excepted by the configuration'],
    ['2026-11-23', 1, 'Excepted until lately: these fail'],
  ])('skips what is excepted until %s, and fails the day after', async (until, wanted, title) => {
    const exceptions = `[{ where: { callee: payments/refunds }, reason: the trial ends, until: ${until} }]`;
    const file = `../except-${until}.yaml`;
    write(
      join('audit-to-deny/after', file),
      `gate:\n  rules:\n    audited-calls-denied: { exceptions: ${exceptions} }\n`,
    );
    const { code, out } = await pull('audit-to-deny', '--config', file);
    expect([code, out]).toEqual([wanted, expect.stringContaining(title)]);
    expect(out).toContain('the trial ends');
  });

  it('explains itself', async () => {
    const { out, code } = await gate('image-bump', ['--help']);
    expect([code, out]).toEqual([0, expect.stringContaining('helm template web charts/web | meshgraph gate -')]);
    expect(out).toContain('Exit codes: 0 ');
  });
});
