import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AGAINST, gateFolder, server } from './gate-folder.ts';

const { root, write, remove, gate } = gateFolder();
afterAll(remove);

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
    for (const [path, content] of Object.entries(files)) write(join(folder, 'after', path), content);
    const { code, out, err } = await gate(folder, ['.', ...AGAINST]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('an exception that can never fit', async () => {
    const exceptions = '[{ where: { caler: shop/web }, reason: r, until: 2027-01-01 }]';
    write(join('image-bump/never.yaml'), `gate: { rules: { calls-denied: { exceptions: ${exceptions} } } }\n`);
    const { code, err } = await gate('image-bump', ['.', ...AGAINST, '--config', '../never.yaml']);
    expect([code, err]).toEqual([
      2,
      'gate.rules.calls-denied.exceptions: a finding of this rule has no caler; did you mean caller?\n',
    ]);
  });

  // The baseline is not there either: it is not looked for.
  it.each([
    ['a rule of the user’s own that is none', '{ ownRules: own }', 'rationale: expected a text'],
    ['a directory of rules that is not there', '{ ownRules: nowhere }', 'there is no directory of rules'],
    [
      'what is said of a rule that is nowhere',
      '{ ownRules: good, rules: { no-bath: { enabled: false } } }',
      'gate.rules: there is no rule "no-bath", neither built in nor in ',
    ],
  ])('%s, before the baseline is opened', async (_, configured, message) => {
    const rule = 'title: t\nseverity: high\nremedy: r\nmessage: m\nfingerprint: [a]\n';
    write('own/no-batch/check.yaml', rule);
    write('good/no-batch/check.yaml', `${rule}rationale: r\n`);
    for (const folder of ['own', 'good']) write(`${folder}/no-batch/query.cypher`, 'RETURN 1 AS a');
    write('own.yaml', `gate: ${configured}\n`);
    const { code, err } = await gate('image-bump', ['.', '--against', 'nowhere.json', '--config', '../../own.yaml']);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
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
