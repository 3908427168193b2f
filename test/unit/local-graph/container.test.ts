import { expect, test } from 'vitest';
import { containerArguments, containerName } from '../../../cli/local-graph/container.ts';
import { graphHome } from '../../../cli/local-graph/home.ts';

const home = graphHome({}, '/home/a/graph');
const access = { uri: 'bolt://127.0.0.1:17999', username: 'neo4j', password: 'secret' };

test('a container listens on loopback alone, and its password is in no process list', () => {
  const line = containerArguments(home, access).join(' ');
  expect(line).toContain('--publish 127.0.0.1:17999:7687 ');
  expect(line).toContain('--env NEO4J_AUTH ');
  expect(line).not.toContain('secret');
});

test('each home has one container and one volume of data', () => {
  const name = containerName(home);
  expect(containerName(graphHome({}, '/home/b/graph'))).not.toBe(name);
  const line = containerArguments(home, access).join(' ');
  expect(line).toContain(`--name ${name} `);
  expect(line).toContain(`--volume ${name}:/data `);
});
