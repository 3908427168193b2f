import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, isOutOfMemory, openGraph, type Transaction } from '../../../shared/graph/connection.ts';
import { DEFAULT_RETRY } from '../../../shared/graph/retry.ts';
import { type OwnGraph, ownGraph } from '../../neo4j.ts';

let server: OwnGraph;
let graph: Graph;
beforeAll(async () => {
  server = await ownGraph({ 'db.memory.transaction.max': '16m' });
  // A busy machine may take longer than 30 s to start a server again.
  graph = openGraph(server, { ...DEFAULT_RETRY, limitMs: 100_000 });
});
afterAll(async () => {
  await graph?.close();
  await server?.remove();
});

/** Resolves for each of `parties` when all of them have come; who comes later passes at once. */
function barrier(parties: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting >= parties) resolve();
    return promise;
  };
}

test('two transactions that lock each other out both commit in the end', async () => {
  await graph.write('CREATE (:Lock {name: "a", n: 0}), (:Lock {name: "b", n: 0})');
  const bothHoldOne = barrier(2);
  let attempts = 0;
  const increment = (transaction: Transaction, name: string) =>
    transaction.run('MATCH (l:Lock {name: $name}) SET l.n = l.n + 1', { name });
  const crossing = (first: string, second: string) =>
    graph.transaction(async (transaction) => {
      attempts += 1;
      await increment(transaction, first);
      await bothHoldOne();
      await increment(transaction, second);
    });
  await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
  expect(attempts).toBe(3);
  expect(await graph.read('MATCH (l:Lock) RETURN l.n AS n')).toEqual([{ n: 2 }, { n: 2 }]);
});

test('a node deleted by someone else between match and write is no error: the second look no longer finds it', async () => {
  await graph.write('CREATE (:Doomed)');
  const deleted = Promise.withResolvers<void>();
  const writerWaits = Promise.withResolvers<void>();
  const deletion = graph.transaction(async (transaction) => {
    await transaction.run('MATCH (d:Doomed) DELETE d');
    deleted.resolve();
    await writerWaits.promise;
  });
  await deleted.promise;
  let attempts = 0;
  const writing = graph.transaction((transaction) => {
    attempts += 1;
    return transaction.run('MATCH (d:Doomed) SET d.seen = true RETURN d');
  });
  await untilBlocked(graph);
  writerWaits.resolve();
  await deletion;
  expect(await writing).toHaveLength(0);
  expect(attempts).toBe(2);
});

/** Some transaction waits for the lock of another. */
async function untilBlocked(graph: Graph): Promise<void> {
  for (;;) {
    const rows = await graph.read("SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status");
    if (rows.length > 0) return;
  }
}

test('work too big for the memory it may use fails at once with an error that says so', async () => {
  const big = graph.write(
    'UNWIND range(1, 5000000) AS i WITH collect({i: i, text: toString(i)}) AS rows RETURN size(rows)',
  );
  const error = await big.catch((reason: unknown) => reason);
  expect(isOutOfMemory(error)).toBe(true);
  expect((error as Error).message).toContain('db.memory.transaction.max');
  expect(isOutOfMemory(await graph.read('RETURN').catch((reason: unknown) => reason))).toBe(false);
});

test('a write waits for a server that is killed and started again', async () => {
  await graph.write('MERGE (n:Survivor {n: 1})');
  server.kill();
  const writing = graph.write('MERGE (n:Survivor {n: 2})');
  await server.restart();
  await writing;
  expect(await graph.read('MATCH (n:Survivor) RETURN n.n AS n ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
});
