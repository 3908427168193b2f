import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureCredentials, readCredentials } from '../../../cli/local-graph/credentials.ts';
import { type GraphHome, graphHome } from '../../../cli/local-graph/home.ts';
import { InvalidInputError } from '../../../shared/domain/errors.ts';

let home: GraphHome;
beforeEach(async () => {
  home = graphHome({}, await mkdtemp(join(tmpdir(), 'meshgraph-credentials-')));
});
afterEach(() => rm(home.directory, { recursive: true }));

test('made once, then kept: a random password and a port of its own on loopback', async () => {
  expect(await readCredentials(home)).toBeUndefined();
  const made = await ensureCredentials(home);
  expect(made.uri).toMatch(/^bolt:\/\/127\.0\.0\.1:\d+$/);
  expect(made.username).toBe('neo4j');
  expect(made.password).toMatch(/^[\w-]{32}$/);
  expect(await ensureCredentials(home)).toEqual(made);
  expect(await readCredentials(home)).toEqual(made);
});

test('only their owner can read them', async () => {
  await ensureCredentials(home);
  expect((await stat(home.credentials)).mode & 0o777).toBe(0o600);
});

test('of many that make them at once all get the same, and nothing else is left', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => ensureCredentials(home)));
  expect(new Set(made.map(({ password }) => password)).size).toBe(1);
  expect(await readdir(home.directory)).toEqual(['credentials.env']);
});

test('a damaged file is told of, not replaced: the password is in the database already', async () => {
  await writeFile(home.credentials, 'NEO4J_URI=bolt://127.0.0.1:7687\n');
  await expect(ensureCredentials(home)).rejects.toThrow(InvalidInputError);
  await expect(ensureCredentials(home)).rejects.toThrow('should hold NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD');
});
