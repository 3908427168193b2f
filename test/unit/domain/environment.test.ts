import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { readEnvironment } from '../../../shared/domain/environment.ts';
import { InvalidInputError } from '../../../shared/domain/errors.ts';

const environment = z.object({ BUCKET: z.string().min(1), QUEUE_URL: z.url() });

test('what a function is told is all it gets', () => {
  const variables = { BUCKET: 'b', QUEUE_URL: 'https://sqs/q', AWS_SECRET_ACCESS_KEY: 'x' };
  expect(readEnvironment(environment, variables)).toEqual({ BUCKET: 'b', QUEUE_URL: 'https://sqs/q' });
});

test('every variable that is missing or wrong is named, no value is told', () => {
  const reading = () => readEnvironment(environment, { QUEUE_URL: 'PASSWORD' });
  expect(reading).toThrow(InvalidInputError);
  expect(reading).toThrow(/BUCKET .*QUEUE_URL .*deploy the stack again/);
  expect(reading).not.toThrow(/PASSWORD/);
});

describe('each function', () => {
  const functions = join(import.meta.dirname, '../../../functions');
  const names = readdirSync(functions).filter((name) => readdirSync(join(functions, name)).includes('handler.ts'));
  test.each(names)('%s says what it wants to be told, in words when it was not', async (name) => {
    const config = (await import(join(functions, name, 'config.ts'))) as {
      environment: z.ZodObject;
      readConfig: () => unknown;
    };
    const keys = Object.keys(config.environment.shape);
    expect(keys.every((key) => /^[A-Z][A-Z_]+$/.test(key))).toBe(true);
    for (const key of keys) vi.stubEnv(key, undefined);
    if (keys.length > 0) expect(() => config.readConfig()).toThrow(InvalidInputError);
    vi.unstubAllEnvs();
  });
});
