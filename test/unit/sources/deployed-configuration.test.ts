import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadDeployedConfiguration } from '../../../shared/sources/deployed-configuration.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-bundle-'));
});
afterEach(() => rm(folder, { recursive: true }));

const deploy = (document: unknown) => writeFile(join(folder, 'configuration.json'), JSON.stringify(document));

test('a function has the configuration beside its bundle, with defaults, regions and absolute paths', async () => {
  const kubernetes = { server: 'https://10.0.0.1', token: { secret: 'k8s' }, caFile: 'ca-0.pem' };
  await deploy({
    aws: { region: 'eu-central-1' },
    clusters: [
      { name: 'a', kubernetes: { eks: 'prod' }, prometheus: { workspace: 'ws-1', region: 'us-east-1' } },
      { name: 'b', kubernetes },
    ],
  });
  const { clusters, scan } = await loadDeployedConfiguration(folder);
  expect(scan.period).toBe(300_000);
  expect(clusters).toMatchObject([
    { kubernetes: { eks: 'prod', region: 'eu-central-1' }, prometheus: { workspace: 'ws-1', region: 'us-east-1' } },
    { kubernetes: { ...kubernetes, caFile: join(folder, 'ca-0.pem') }, prometheus: { through: 'kubernetes' } },
  ]);
});

test('it is read once a cold start', async () => {
  await deploy({ clusters: [{ name: 'first' }] });
  await loadDeployedConfiguration(folder);
  await deploy({ clusters: [{ name: 'second' }] });
  expect((await loadDeployedConfiguration(folder)).clusters[0]?.name).toBe('first');
});

test('one that is missing or of another version is told', async () => {
  await expect(loadDeployedConfiguration(folder)).rejects.toThrow(/configuration\.json, ENOENT\): deploy again/);
  const other = await mkdtemp(join(folder, 'other-'));
  await writeFile(join(other, 'configuration.json'), '{"scan": {"perod": "5m"}}');
  await expect(loadDeployedConfiguration(other)).rejects.toThrow(
    'configuration.json does not fit the function, deploy again: unknown key "perod"',
  );
});
