import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cacheDirectory, graphHome } from '../../../cli/local-graph/home.ts';

test('data and downloads go where the XDG variables say, and under the home directory without them', () => {
  expect(graphHome({ XDG_DATA_HOME: '/data', HOME: '/home/a' }).directory).toBe('/data/meshgraph/neo4j');
  expect(graphHome({ HOME: '/home/a' }).directory).toBe('/home/a/.local/share/meshgraph/neo4j');
  expect(graphHome({}).directory).toBe(join(homedir(), '.local/share/meshgraph/neo4j'));
  expect(cacheDirectory({ XDG_CACHE_HOME: '/cache', HOME: '/home/a' })).toBe('/cache/meshgraph');
  expect(cacheDirectory({ XDG_CACHE_HOME: '', HOME: '/home/a' })).toBe('/home/a/.cache/meshgraph');
});

test('a home named by the user wins, relative to where the command runs', () => {
  expect(graphHome({ XDG_DATA_HOME: '/data' }, '/elsewhere').directory).toBe('/elsewhere');
  expect(graphHome({ XDG_DATA_HOME: '/data' }, 'here').credentials).toBe(resolve('here/credentials.env'));
});
