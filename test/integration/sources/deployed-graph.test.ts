import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awsSecrets } from '../../../shared/adapters/aws-secrets-manager.ts';
import { ForbiddenError } from '../../../shared/domain/errors.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { followSecret } from '../../../shared/sources/deployed-graph.ts';
import { keepSecrets } from '../../../shared/sources/kept-secrets.ts';
import { freshGraph } from '../../neo4j.ts';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:graph-AbCdEf';
const manager = mockClient(SecretsManagerClient);

describe('a graph whose login is in AWS Secrets Manager', () => {
  let admin: Graph;
  let uri: string;
  let now = 0;
  beforeAll(async () => {
    const access = await freshGraph();
    uri = access.uri;
    admin = openGraph(access);
    await admin.write("CREATE USER rotated SET PASSWORD 'password-1' CHANGE NOT REQUIRED");
  });
  afterEach(() => manager.reset());
  afterAll(async () => {
    await admin.write('DROP USER rotated');
    await admin.close();
  });

  const holds = (password: string) =>
    manager
      .on(GetSecretValueCommand)
      .resolves({ SecretString: JSON.stringify({ uri, username: 'rotated', password }) });
  const readings = () => manager.commandCalls(GetSecretValueCommand).length;
  const follow = () =>
    followSecret(
      SECRET,
      keepSecrets(awsSecrets(), () => now),
    );
  const rotate = (password: string) => admin.write(`ALTER USER rotated SET PASSWORD '${password}' CHANGE NOT REQUIRED`);
  const one = (graph: Graph) => graph.read('RETURN 1 AS one');

  test('is opened once, and the secret read once, for many statements', async () => {
    holds('password-1');
    const graph = follow();
    for (let i = 0; i < 3; i++) expect(await one(graph)).toEqual([{ one: 1 }]);
    expect(readings()).toBe(1);
    await graph.close();
  });

  test('follows a rotation that a refused login tells of, and does what was asked', async () => {
    holds('password-1');
    const graph = follow();
    await one(graph);
    await graph.close();
    await rotate('password-2');
    holds('password-2');
    const [row] = await graph.transaction(({ run }) => run('RETURN 2 AS two'));
    expect(row).toEqual({ two: 2 });
    expect(readings()).toBe(2);
    await graph.close();
  });

  test('follows a rotation within five minutes though the old connections still work', async () => {
    holds('password-2');
    const graph = follow();
    await one(graph);
    await rotate('password-3');
    holds('password-3');
    now += 5 * 60_000;
    expect(await one(graph)).toEqual([{ one: 1 }]);
    expect(readings()).toBe(2);
    await graph.close();
  });

  test('lets a statement on its way end in the old connection when the login changes', async () => {
    holds('password-3');
    const graph = follow();
    const slow = graph.read('UNWIND range(1, 400000) AS n RETURN count(n % 7) AS counted, n % 1000 AS part');
    await graph.read('RETURN 1 AS one');
    await rotate('password-4');
    holds('password-4');
    now += 5 * 60_000;
    expect(await one(graph)).toEqual([{ one: 1 }]);
    expect(await slow).toHaveLength(1000);
    await graph.close();
  });

  test('is refused where the secret has no newer login, after one more reading', async () => {
    holds('wrong');
    const graph = follow();
    const error: Error = await one(graph).catch((reason) => reason);
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error.message).toBe(`Neo4j refuses the login that secret ${SECRET} holds: put the right one into it`);
    expect(readings()).toBe(2);
    await graph.close();
  });
});
