import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfiguration } from '../../../cli/configuration.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'meshgraph-configuration-'));
});
afterEach(() => rm(cwd, { recursive: true }));

const named = (name: string) => `clusters: [{name: ${name}}]\n`;
const nameOf = async (env: Record<string, string>, file?: string) =>
  (await loadConfiguration({ env, cwd }, file)).clusters[0]?.name;

test('the file named wins over MESHGRAPH_CONFIG, and that over ./meshgraph.yaml', async () => {
  expect(await nameOf({})).toBe('default');
  await writeFile(join(cwd, 'meshgraph.yaml'), named('found'));
  await writeFile(join(cwd, 'other.yaml'), named('environment'));
  await writeFile(join(cwd, 'third.yaml'), named('flag'));
  expect(await nameOf({})).toBe('found');
  expect(await nameOf({ MESHGRAPH_CONFIG: 'other.yaml' })).toBe('environment');
  expect(await nameOf({ MESHGRAPH_CONFIG: 'other.yaml' }, 'third.yaml')).toBe('flag');
});

test('a named file that is not there, or is no file, is told by its path', async () => {
  await expect(loadConfiguration({ env: {}, cwd }, 'absent.yaml')).rejects.toThrow(
    `there is no configuration file ${cwd}/absent.yaml`,
  );
  await expect(loadConfiguration({ env: {}, cwd }, '.')).rejects.toThrow(
    `the configuration file ${cwd} cannot be read (EISDIR)`,
  );
});

test('problems name the file as it is seen from here', async () => {
  await mkdir(join(cwd, 'etc'));
  await writeFile(join(cwd, 'etc/mesh.yaml'), '\nscan: now\n');
  await expect(loadConfiguration({ env: {}, cwd }, 'etc/mesh.yaml')).rejects.toThrow(
    /^etc\/mesh\.yaml:2: scan: expected a mapping, got "now"$/,
  );
});

test('relative paths start at the file, ~ at the home directory', async () => {
  await mkdir(join(cwd, 'etc'));
  await writeFile(
    join(cwd, 'etc/mesh.yaml'),
    `clusters:
  - name: a
    kubernetes: {kubeconfig: ~/.kube/a}
    prometheus:
      url: https://p
      caFile: ../ca.pem
      auth: {type: bearer, token: {file: /run/token}}
`,
  );
  const { clusters } = await loadConfiguration({ env: {}, cwd }, 'etc/mesh.yaml');
  expect(clusters[0]).toMatchObject({
    kubernetes: { kubeconfig: join(homedir(), '.kube/a') },
    prometheus: { caFile: join(cwd, 'ca.pem'), auth: { token: { file: '/run/token' } } },
  });
});
