import { expect, test } from 'vitest';
import { neo4jConfiguration } from '../../../cli/local-graph/configuration.ts';

test('only Bolt is open, only on loopback, and only with a password', () => {
  const lines = neo4jConfiguration(17999).split('\n');
  expect(lines.filter((line) => line.includes('listen_address'))).toEqual([
    'server.bolt.listen_address=127.0.0.1:17999',
  ]);
  expect(lines).toContain('server.http.enabled=false');
  expect(lines).toContain('server.https.enabled=false');
  expect(lines).toContain('dbms.security.auth_enabled=true');
});

test('a setting given replaces ours, so that no name is there twice', () => {
  const lines = neo4jConfiguration(17999, { 'server.memory.pagecache.size': '1g', 'db.x': 'y' }).split('\n');
  expect(lines.filter((line) => line.startsWith('server.memory.pagecache.size'))).toEqual([
    'server.memory.pagecache.size=1g',
  ]);
  expect(lines).toContain('db.x=y');
});
