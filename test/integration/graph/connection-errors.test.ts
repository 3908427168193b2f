import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ForbiddenError, InvalidInputError, NotFoundError, UnavailableError } from '../../../shared/domain/errors.ts';
import { type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { type OwnGraph, ownGraph } from '../../neo4j.ts';

let server: OwnGraph;
beforeAll(async () => {
  server = await ownGraph();
});
afterAll(() => server?.remove());

async function failure(access: GraphAccess, cypher?: string): Promise<Error> {
  const graph = openGraph(access);
  const work: Promise<unknown> = cypher === undefined ? graph.verify() : graph.write(cypher);
  const error = await work.then(
    () => new Error('it worked'),
    (reason: Error) => reason,
  );
  await graph.close();
  return error;
}

const at = (uri: string): GraphAccess => ({ uri, username: 'neo4j', password: 'secret' });
const withScheme = (scheme: string): GraphAccess => ({ ...server, uri: server.uri.replace('bolt:', `${scheme}:`) });

describe.each(['bolt', 'neo4j'])('over %s://', (scheme) => {
  test('a port where nothing listens', async () => {
    const error = await failure(at(`${scheme}://127.0.0.1:1`));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toBe(
      `no answer from Neo4j at ${scheme}://127.0.0.1:1 (ECONNREFUSED). ` +
        'Is it up, and is this its Bolt port? The local graph starts with: meshgraph graph start',
    );
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('a host that does not exist', async () => {
    const error = await failure(at(`${scheme}://nowhere.invalid:7687`));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toMatch(/\((ENOTFOUND|EAI_AGAIN)\)\. Check the host name in NEO4J_URI/);
  });

  test('a port that speaks HTTP', async () => {
    const web = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(web, 'listening');
    const error = await failure(at(`${scheme}://127.0.0.1:${(web.address() as AddressInfo).port}`));
    web.close();
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toMatch(/speaks HTTP, not Bolt: this is Neo4j's browser port/);
  });

  test('TLS asked of a server without', async () => {
    const error = await failure(withScheme(`${scheme}+s`));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toContain(`Use ${withScheme(scheme).uri}, or enable TLS on the server`);
  });
});

test('a port that takes connections and says nothing is given up after 20 seconds', async () => {
  const silent = createTcpServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const error = await failure(at(`bolt://127.0.0.1:${(silent.address() as AddressInfo).port}`));
  silent.close();
  expect(error).toBeInstanceOf(UnavailableError);
  expect(error.message).toContain("does not answer in Bolt. Is this Neo4j's Bolt port (7687 unless changed)?");
});

test.each(['http://127.0.0.1:7474', '127.0.0.1:7687', 'bolt://127.0.0.1:port', 'bolt://', ''])(
  '"%s" is no URI of a Neo4j',
  async (uri) => {
    expect(() => openGraph(at(uri))).toThrow(InvalidInputError);
    expect(() => openGraph(at(uri))).toThrow('begins with bolt:// or neo4j://');
  },
);

test('a database that does not exist', async () => {
  const error = await failure(server, 'USE nowhere MATCH (n) RETURN n');
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error.message).toContain('nowhere');
});

test('a wrong password, and the pause the server imposes after some of them', async () => {
  const first = await failure({ ...server, password: 'wrong' });
  expect(first).toBeInstanceOf(ForbiddenError);
  expect(first.message).toContain(
    'does not accept this user name and password. Check NEO4J_USERNAME and NEO4J_PASSWORD',
  );
  for (let i = 0; i < 3; i++) await failure({ ...server, password: 'wrong' });
  const blocked = await failure(server);
  expect(blocked).toBeInstanceOf(ForbiddenError);
  expect(blocked.message).toContain('refuses this user for some seconds after too many wrong passwords');
});

describe('a server with TLS and a read-only database', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshgraph-tls-'));
    const files = ['-keyout', join(folder, 'private.key'), '-out', join(folder, 'public.crt')];
    const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', ...files];
    await promisify(execFile)('openssl', ['req', ...certificate]);
    await server.restart({
      'server.bolt.tls_level': 'REQUIRED',
      'dbms.ssl.policy.bolt.enabled': 'true',
      'dbms.ssl.policy.bolt.base_directory': folder,
      'server.databases.read_only': 'neo4j',
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('asked without TLS', async () => {
    for (const scheme of ['bolt', 'neo4j']) {
      const error = await failure(withScheme(scheme));
      expect(error).toBeInstanceOf(UnavailableError);
      expect(error.message).toContain('If it asks for TLS, as Aura does, use neo4j+s:// or bolt+s://');
    }
  });

  test('a certificate nobody vouches for', async () => {
    const error = await failure(withScheme('bolt+s'));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain('(DEPTH_ZERO_SELF_SIGNED_CERT). Its certificate is not trusted');
  });

  test('it says that it takes no writes, and a write says so too', async () => {
    const trusting = withScheme('bolt+ssc');
    const graph = openGraph(trusting);
    expect(await graph.verify()).toMatchObject({ edition: 'community', writable: false });
    await graph.close();
    const error = await failure(trusting, 'CREATE (n:Never)');
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error.message).toContain('takes no writes: the database is read-only');
  });
});
