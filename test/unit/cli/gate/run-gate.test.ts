import { cpSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meshBeforePullRequests, PULL_REQUESTS, PULL_REQUESTS_AT } from '../../../pull-requests.ts';
import { type CommandRun, runCommand } from '../../../run-command.ts';
import { sarifErrors } from '../output/sarif-errors.ts';

const MESH = join(import.meta.dirname, '../../../fixtures/pull-requests/mesh');
const DAY = 86_400_000;
const server = (name: string, spec = 'podSelector: {}, port: 80') =>
  `apiVersion: policy.linkerd.io/v1beta3\nkind: Server\nmetadata: {name: ${name}, namespace: shop}\nspec: {${spec}}\n`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'meshgraph-gate-'));
  await writeFile(join(root, 'meshgraph.yaml'), CONFIGURATION);
  await writeFile(join(root, 'baseline.json'), JSON.stringify(meshBeforePullRequests()));
  for (const { name, written, expected } of PULL_REQUESTS) {
    await mkdir(join(root, name, 'after'), { recursive: true });
    await mkdir(join(root, name, 'base'));
    for (const [path, text] of written) await write(join(root, name, 'after', path), text);
    for (const path of [...written.keys(), ...expected.deletes]) {
      if (existsSync(join(MESH, path))) cpSync(join(MESH, path), join(root, name, 'base', path), { recursive: true });
    }
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

const AGAINST = ['--against', '../../baseline.json'];
/** What expected.yaml of drop-labels means by "this configuration". */
const CONFIGURATION = 'entityModel: { required: { workloads: [owner, dataClass] } }\n';
const gate = (name: string, args: readonly string[], world = {}): Promise<CommandRun> =>
  runCommand(['gate', ...args], { cwd: join(root, name, 'after'), now: () => PULL_REQUESTS_AT, ...world });
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
    await write(join(root, 'one/after/a.yaml'), manifest);
    const inShop = await gate('one', ['a.yaml', ...AGAINST, '-n', 'shop', '-o', 'json']);
    expect(JSON.parse(inShop.out).objects).toMatchObject({ added: 0 });
    const inDefault = await gate('one', ['a.yaml', ...AGAINST, '-o', 'json']);
    expect(JSON.parse(inDefault.out).objects).toMatchObject({ added: 1 });
  });

  it('says what it passes over', async () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n';
    await write(
      join(root, 'beside/after/a.yaml'),
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
    await write(join(root, 'image-bump/after/../off.yaml'), `gate:\n  rules:\n${off}`);
    const { code, out } = await gate('image-bump', ['.', ...AGAINST, '--config', '../off.yaml']);
    expect([code, out]).toEqual([2, expect.stringContaining('the configuration turns every rule of the gate off')]);
  });

  it.each([
    ['2026-11-24', 0, 'Excepted by the configuration'],
    ['2026-11-23', 1, 'Excepted until lately: these fail'],
  ])('skips what is excepted until %s, and fails the day after', async (until, wanted, title) => {
    const exceptions = `[{ where: { callee: payments/refunds }, reason: the trial ends, until: ${until} }]`;
    const file = `../except-${until}.yaml`;
    await write(
      join(root, 'audit-to-deny/after', file),
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

describe('meshgraph gate refuses with one sentence and exit code 2', () => {
  const twice = {
    'a.yaml': `---\n${server('web')}`,
    'b/c.json': JSON.stringify({
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      metadata: { name: 'web', namespace: 'shop' },
    }),
  };
  const cases: readonly [string, Readonly<Record<string, string | Uint8Array>>, string | RegExp][] = [
    ['YAML that is none', { 'a.yaml': `${server('web')}---\nkind: [\n` }, /^a\.yaml:\d: not YAML: /],
    ['templates', { 'a.yaml': 'kind: {{ .Values.kind }}\n' }, 'a.yaml:1: a template that was not rendered'],
    ['an object that is written twice', twice, 'b/c.json:1: Server shop/web is also at a.yaml:2: which one counts?'],
    [
      'an object without kind',
      { 'a.yaml': '# x\nmetadata: {name: a}\n' },
      'a.yaml:2: expected a Kubernetes object with apiVersion and kind',
    ],
    [
      'an object without name',
      { 'a.yaml': 'apiVersion: v1\nkind: Pod\n' },
      'a.yaml:1: expected metadata.name in this Pod',
    ],
    [
      'a version nobody knows',
      { 'a.yaml': server('web').replace('v1beta3', 'v9') },
      'a.yaml:1: Server of policy.linkerd.io/v9 is not known; known: v1beta3, ',
    ],
    ['an empty file', { 'a.yaml': '' }, 'there is no Kubernetes object in .: give rendered manifests'],
    ['comments only', { 'a.yaml': '# a\n---\n# b\n' }, 'there is no Kubernetes object in .'],
    ['a directory without manifests', { 'README.md': 'text' }, 'there is no Kubernetes object in .'],
    [
      'nothing that is judged',
      { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' },
      'there is nothing to judge: the manifests hold ConfigMap only',
    ],
    ['what is no text', { 'a.yaml': new Uint8Array([65, 10, 0, 255]) }, 'a.yaml:2: this is no text in UTF-8'],
    ['another encoding', { 'a.yaml': new Uint8Array([0x61, 0xe4, 0x0a]) }, 'a.yaml:1: this is no text in UTF-8'],
    [
      'a kustomization',
      { 'app/kustomization.yaml': 'resources: [a.yaml]\n' },
      'app/kustomization.yaml:1: this says how manifests are made and is none: give the output of kustomize build app',
    ],
    ['a chart', { 'web/Chart.yaml': 'apiVersion: v2\nname: web\n' }, 'give the output of helm template web'],
    [
      'a workflow among manifests',
      { 'a.yaml': server('web'), '.github/ci.yml': 'on: push\n' },
      '.github/ci.yml:1: expected a Kubernetes object',
    ],
  ];
  it.each(cases)('%s', async (name, files, message) => {
    const folder = `refused-${name.replaceAll(' ', '-')}`;
    await mkdir(join(root, folder, 'after'), { recursive: true });
    for (const [path, content] of Object.entries(files)) await write(join(root, folder, 'after', path), content);
    const { code, out, err } = await gate(folder, ['.', ...AGAINST]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('an exception that can never fit', async () => {
    const exceptions = '[{ where: { caler: shop/web }, reason: r, until: 2027-01-01 }]';
    await write(
      join(root, 'image-bump/never.yaml'),
      `gate: { rules: { calls-denied: { exceptions: ${exceptions} } } }\n`,
    );
    const { code, err } = await gate('image-bump', ['.', ...AGAINST, '--config', '../never.yaml']);
    expect([code, err]).toEqual([
      2,
      'gate.rules.calls-denied.exceptions: a finding of this rule has no caler; did you mean caller?\n',
    ]);
  });

  it('a file of 100 MB, within seconds', async () => {
    const path = join(root, 'image-bump/big.yaml');
    await writeFile(path, '');
    await truncate(path, 100_000_000);
    const began = performance.now();
    const { code, err } = await gate('image-bump', ['../big.yaml', ...AGAINST]);
    expect([code, err]).toEqual([2, '../big.yaml makes it more than 32 MB of manifests: give those of one change\n']);
    expect(performance.now() - began).toBeLessThan(5_000);
    await rm(path);
  });

  it.each([
    [['nowhere.yaml'], 'there is no file or directory nowhere.yaml'],
    [['.', '--base', 'nowhere'], 'there is no file or directory nowhere'],
    [['.', '--against', 'nowhere.json'], 'nowhere.json'],
    [['.', '--cluster', 'other', ...AGAINST], 'is of cluster prod, not other'],
    [['.', '--fail-on', 'grave', ...AGAINST], 'critical, high, medium, low, info'],
    [[], 'missing required argument'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await gate('image-bump', args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});
