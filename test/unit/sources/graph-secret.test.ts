import { expect, test } from 'vitest';
import { parseGraphSecret } from '../../../shared/sources/graph-secret.ts';

const access = { uri: 'neo4j+s://db.example.com', username: 'meshgraph', password: 'hunter2' };

test('a graph secret has our own keys, or those of an Aura credentials file', () => {
  expect(parseGraphSecret(JSON.stringify({ ...access, note: 'prod' }), 'graph')).toEqual(access);
  const aura = {
    NEO4J_URI: access.uri,
    NEO4J_USERNAME: access.username,
    NEO4J_PASSWORD: access.password,
    AURA_INSTANCEID: 'db',
  };
  expect(parseGraphSecret(JSON.stringify(aura), 'graph')).toEqual(access);
});

test.each([
  ['not JSON: hunter2', 'no JSON object'],
  ['["hunter2"]', 'no JSON object'],
  ['{"uri": "bolt://a", "username": "b", "pass": "hunter2"}', 'the keys uri, username, pass'],
  ['{"uri": "bolt://a", "username": "b", "password": ""}', 'the keys uri, username, password'],
  ['{}', 'the keys (none)'],
])('a graph secret of another form is told without a value of it: %j', (text, came) => {
  let message = '';
  try {
    parseGraphSecret(text, 'meshgraph/graph');
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toMatch(/^secret meshgraph\/graph should hold the address and login of Neo4j as JSON/);
  expect(message.endsWith(`it has ${came}`), message).toBe(true);
  expect(message).not.toContain('hunter2');
});
