import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiReader } from '../../../cli/api/api-reader.ts';
import { type DeployedApi, startDeployedApi } from './deployed-api.ts';

let api: DeployedApi;
beforeAll(async () => {
  api = await startDeployedApi({ uri: 'bolt://127.0.0.1:9', username: 'neo4j', password: 'test-password' });
});
afterAll(() => api?.stop());

test('while the graph is away, the API says so within seconds, and not the password', async () => {
  const reader = openApiReader({ env: {}, signal: new AbortController().signal }, api.url);
  const started = performance.now();
  const error = await reader.readHealth({}).catch((thrown) => thrown);
  expect(error).toMatchObject({
    status: 503,
    message: expect.stringContaining('no answer from Neo4j at bolt://127.0.0.1:9'),
  });
  expect(error.message).not.toContain('test-password');
  expect(performance.now() - started).toBeLessThan(15_000);
  // What needs no graph is answered all the same.
  expect((await reader.listQuestions({})).questions.length).toBeGreaterThan(3);
});
