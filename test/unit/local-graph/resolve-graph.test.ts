import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveGraph } from '../../../cli/local-graph/resolve-graph.ts';
import { InvalidInputError, UnavailableError } from '../../../shared/domain/errors.ts';

const uri = 'neo4j+s://abc.databases.neo4j.io';

test('the environment names another Neo4j; its user is neo4j unless said', async () => {
  const env = { NEO4J_URI: uri, NEO4J_PASSWORD: 'secret' };
  const graph = { uri, username: 'neo4j', password: 'secret', source: 'environment' };
  expect(await resolveGraph({ env })).toEqual(graph);
  expect(await resolveGraph({ env: { ...env, NEO4J_USERNAME: 'reader' } })).toEqual({ ...graph, username: 'reader' });
});

test('an empty password means a server without authentication, an absent one is a mistake', async () => {
  expect(await resolveGraph({ env: { NEO4J_URI: uri, NEO4J_PASSWORD: '' } })).toMatchObject({ password: '' });
  await expect(resolveGraph({ env: { NEO4J_URI: uri } })).rejects.toThrow(InvalidInputError);
});

test('without either it says how to get a graph', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-resolve-'));
  const attempt = resolveGraph({ env: { XDG_DATA_HOME: folder } });
  await expect(attempt).rejects.toThrow(UnavailableError);
  await expect(attempt).rejects.toThrow('Start it with "meshgraph graph start"');
  await rm(folder, { recursive: true });
});
