import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { deployedOwnChecks } from '../../infra/deployed-own-checks.ts';
import { readConfiguration } from '../../infra/read-configuration.ts';
import { stagedConfiguration } from '../../infra/staged-configuration.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { loadDeployedOwnChecks } from '../../shared/sources/deployed-own-checks.ts';
import { temporaryFolder } from './temporary-folder.ts';

const YAML = 'title: a\nseverity: low\nrationale: b\nremedy: c\nmessage: "{n}"\nfingerprint: [n]\npopulation: things\n';
const MESHGRAPH = `ownChecks: own
clusters: [{ name: prod, kubernetes: { eks: prod } }]
graph: { secret: neo4j }
checks: { no-legacy: { severity: high } }
alerts: { routes: [{ name: ops, to: { sns: {} }, checks: [no-legacy] }] }
`;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  write('own/no-legacy/check.yaml', YAML);
  write('own/no-legacy/query.cypher', 'RETURN 1 AS n');
  write('own/no-legacy/population.cypher', 'RETURN 2 AS count');
  write('meshgraph.yaml', MESHGRAPH);
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const read = () => readConfiguration(join(folder, 'meshgraph.yaml'));

test('functions take the checks of the user’s own along, and know their settings', async () => {
  const { configuration, document } = read();
  expect(configuration.checks['no-legacy']?.severity).toBe('high');
  const ownChecks = deployedOwnChecks(document, folder);
  const files = stagedConfiguration({ document, directory: folder, ownChecks });
  expect(files.map(({ name }) => name)).toEqual(['configuration.json', 'own-checks.json']);
  for (const { name, content } of files) write(`bundle/${name}`, content);
  const bundle = join(folder, 'bundle');
  expect(await loadDeployedOwnChecks(bundle)).toMatchObject([
    { id: 'no-legacy', folder: 'own/no-legacy', query: 'RETURN 1 AS n', populationQuery: 'RETURN 2 AS count' },
  ]);
  const deployed = await loadDeployedConfiguration(bundle);
  expect(deployed.checks['no-legacy']?.severity).toBe('high');
  expect(deployed.alerts.routes).toMatchObject([{ checks: ['no-legacy'] }]);
});

test('where there are none, nothing lies beside the bundle', async () => {
  const document = { clusters: [{ name: 'prod' }] };
  const files = stagedConfiguration({ document, directory: folder, ownChecks: [] });
  expect(files.map(({ name }) => name)).toEqual(['configuration.json']);
  expect(await loadDeployedOwnChecks(folder)).toEqual([]);
});

test.each([
  [
    'a setting of a check there is not',
    'meshgraph.yaml',
    MESHGRAPH.replace('no-legacy: {', 'no-legacyy: {'),
    'meshgraph.yaml:4: unknown key "no-legacyy": did you mean "no-legacy"?',
  ],
  [
    'a directory that is not there',
    'meshgraph.yaml',
    MESHGRAPH.replace('ownChecks: own', 'ownChecks: owm'),
    'ownChecks: there is no directory',
  ],
  [
    'a check that is none',
    'own/no-legacy/check.yaml',
    YAML.replace('title', 'titel'),
    'own/no-legacy/check.yaml:1: unknown key "titel": did you mean "title"?',
  ],
  ['a folder without its files', 'own/empty/README.md', '', 'ownChecks: '],
])('synth refuses %s', (_, path, text, sentence) => {
  write(path, text);
  expect(read).toThrow(sentence);
});
