import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const meshgraph = join(root, 'bin/meshgraph.mjs');

beforeAll(() => run('node', [join(root, 'scripts/build.mjs')]));

test('the built command prints its help', async () => {
  const { stdout, stderr } = await run('node', [meshgraph, '--help']);
  expect(stdout).toMatch(/^Usage: meshgraph /);
  expect(stderr).toBe('');
});

test('a usage error ends the process with 2 and writes to stderr only', async () => {
  const ended = run('node', [meshgraph, 'config', 'validate', '--nonsense']);
  await expect(ended).rejects.toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--nonsense') });
});

test('a reader that has gone (| head) is no error', async () => {
  const { stdout, stderr } = await run('bash', ['-c', `node "${meshgraph}" --help | true; echo "\${PIPESTATUS[0]}"`]);
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
});
