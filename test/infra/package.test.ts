import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { FUNCTION_NAMES } from '../../infra/function-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
let folder: string;

beforeAll(async () => {
  await run('node', [join(root, 'scripts/build.mjs')]);
  folder = temporaryFolder();
});

/** As a CDK app of somebody who installed meshgraph: by the package's name, with what was built. */
const OWN_APP = `
  import { App, Stack } from 'aws-cdk-lib';
  import { MeshGraph } from 'meshgraph/infra';
  const app = new App({ outdir: process.argv[1], analyticsReporting: false });
  const clusters = [{ name: 'prod', kubernetes: { eks: 'prod' } }];
  new MeshGraph(new Stack(app, 'own'), 'mesh', { configuration: { clusters, graph: { secret: 'neo4j' } } });
  app.synth();
`;

test('a CDK app of one’s own takes the construct from the package, with the functions that were built', async () => {
  const out = join(folder, 'own');
  await run('node', ['--input-type=module', '--eval', OWN_APP, out], { cwd: root });
  const assets = readdirSync(out).filter((name) => name.startsWith('asset.'));
  expect(assets).toHaveLength(FUNCTION_NAMES.length);
  for (const asset of assets) {
    expect(readdirSync(join(out, asset)).sort()).toEqual(['configuration.json', 'index.mjs', 'index.mjs.map']);
    const document = JSON.parse(readFileSync(join(out, asset, 'configuration.json'), 'utf8'));
    expect(document).toEqual({
      clusters: [{ name: 'prod', kubernetes: { eks: 'prod' } }],
      graph: { secret: 'neo4j' },
    });
  }
});

test('the app of the package synthesises what meshgraph.yaml says, without credentials and without asking AWS', async () => {
  const out = join(folder, 'app');
  const file = join(import.meta.dirname, 'everything.yaml');
  const env = { PATH: process.env.PATH, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify({ config: file }) };
  await run('node', [join(root, 'dist/infra/app.mjs')], { env });
  const template = JSON.parse(readFileSync(join(out, 'meshgraph.template.json'), 'utf8'));
  expect(Object.keys(template.Resources).length).toBeGreaterThan(100);
  const { missing } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  expect(missing).toBeUndefined();
});

test('the app of the package says in one line what is wrong, and ends with 2', async () => {
  const env = { PATH: process.env.PATH, CDK_CONTEXT_JSON: JSON.stringify({ config: join(folder, 'none.yaml') }) };
  await expect(run('node', [join(root, 'dist/infra/app.mjs')], { env })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^\S+none\.yaml cannot be read \(ENOENT\).*\n$/),
  });
});
