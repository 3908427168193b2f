import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { AWS_CLIENT } from '../../../shared/domain/aws-client.ts';

const root = join(import.meta.dirname, '../../..');

test('a client gives up a connection long before any function is at its deadline', async () => {
  const { requestHandler } = new STSClient({ ...AWS_CLIENT, region: 'eu-central-1' }).config;
  expect(await (requestHandler as unknown as { configProvider: Promise<object> }).configProvider).toMatchObject({
    connectionTimeout: 5_000,
  });
});

test('every client of AWS is made so', () => {
  const sources = globSync('{cli,functions,shared}/**/*.ts', { cwd: root });
  const made = sources.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/new [A-Za-z0-9]+Client\(.*/g)].map(([text]) => ({
      path,
      text,
    })),
  );
  expect(made.length).toBeGreaterThan(10);
  expect(made.filter(({ text }) => !/\((\{ \.\.\.)?AWS_CLIENT\b/.test(text))).toEqual([]);
});
