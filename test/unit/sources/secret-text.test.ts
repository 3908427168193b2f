import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { readSecret } from '../../../shared/sources/secret-text.ts';

const manager = mockClient(SecretsManagerClient);
afterEach(() => manager.reset());

const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
const holds = (name: string, text: string) =>
  manager.on(GetSecretValueCommand, { SecretId: arn(name) }).resolves({ SecretString: text });
const read = (secret: Parameters<typeof readSecret>[1], env: Record<string, string> = {}) =>
  readSecret({ env }, secret, 'the token for Prometheus');

describe('a secret the configuration names', () => {
  test('is an environment variable, a file without its last line break, a secret, or a key of a secret', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meshgraph-secret-'));
    await writeFile(join(folder, 'token'), 'from the file\n');
    holds('text', 'from AWS\n');
    holds('json', '{"token": "from a key", "user": "u"}');
    expect(await read({ env: 'TOKEN' }, { TOKEN: 'from the environment' })).toBe('from the environment');
    expect(await read({ file: join(folder, 'token') })).toBe('from the file');
    expect(await read({ secret: arn('text') })).toBe('from AWS');
    expect(await read({ secret: arn('json'), key: 'token' })).toBe('from a key');
    await rm(folder, { recursive: true });
  });

  test.each([
    ['no-key', '{"user": "hunter2"}', /it has the keys user$/],
    ['empty', '{"token": ""}', /it has the keys token$/],
    ['no-json', 'hunter2', /it is no JSON object$/],
  ])('is told, and not shown, where it lacks what it should hold: %s', async (name, text, words) => {
    holds(name, text);
    const error: Error = await read({ secret: arn(name), key: 'token' }).catch((reason) => reason);
    expect(error.message).toMatch(/should hold the token for Prometheus as text under the key "token"/);
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('hunter2');
  });

  test('is told where it is not set or cannot be read', async () => {
    await expect(read({ env: 'TOKEN' })).rejects.toThrow('TOKEN is not set: it should hold the token for Prometheus');
    await expect(read({ file: '/nowhere/token' })).rejects.toThrow('/nowhere/token cannot be read (ENOENT)');
  });
});
