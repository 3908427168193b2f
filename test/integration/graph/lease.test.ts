import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { DEFAULT_LEASE, type Fence, LeaseLostError, withLease } from '../../../shared/graph/lease.ts';
import { freshGraph } from '../../neo4j.ts';
import { empty } from './structure-graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  await ensureSchema(graph);
});
beforeEach(() => empty(graph));
afterAll(() => graph?.close());

const impatient = { ...DEFAULT_LEASE, wait: { ...DEFAULT_LEASE.wait, limitMs: 200 } };
const write = (fence: Fence) => fence.transaction((tx) => tx.run('CREATE (:Written)'));
const written = async () => (await graph.read<{ n: number }>('MATCH (n:Written) RETURN count(n) AS n'))[0]!.n;

test('a second writer waits until the first is done', async () => {
  const order: string[] = [];
  const work = (name: string) => async (fence: Fence) => {
    order.push(`${name} begins`);
    await write(fence);
    await new Promise((done) => setTimeout(done, 100));
    order.push(`${name} ends`);
  };
  await Promise.all([withLease(graph, 'prod', work('a')), withLease(graph, 'prod', work('b'))]);
  expect(order.map((entry) => entry.slice(2))).toEqual(['begins', 'ends', 'begins', 'ends']);
});

test('writers of different clusters do not wait for each other', async () => {
  await withLease(graph, 'prod', () => withLease(graph, 'staging', write, impatient));
  expect(await written()).toBe(1);
});

test('a writer that does not get its turn says who is at work and what to do', async () => {
  const waiting = withLease(graph, 'prod', () => withLease(graph, 'prod', write, impatient));
  await expect(waiting).rejects.toThrow(UnavailableError);
  await expect(waiting).rejects.toThrow(/another writer is at work on cluster prod/);
});

test('a lease whose holder gives no sign of life passes on, and its late holder writes nothing any more', async () => {
  await withLease(
    graph,
    'prod',
    async (late) => {
      await new Promise((done) => setTimeout(done, 60));
      await withLease(graph, 'prod', write);
      await expect(write(late)).rejects.toThrow(LeaseLostError);
    },
    { ...DEFAULT_LEASE, ttlMs: 50 },
  );
  expect(await written()).toBe(1);
});

test('a takeover waits for the transaction that the former holder is in', async () => {
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  const first = withLease(
    graph,
    'prod',
    (fence) =>
      fence.transaction(async (tx) => {
        await held;
        await tx.run('CREATE (:Written {by: 1})');
      }),
    { ...DEFAULT_LEASE, ttlMs: 0 },
  );
  await new Promise((done) => setTimeout(done, 100));
  const second = withLease(graph, 'prod', async () =>
    graph.read<{ by: number }>('MATCH (n:Written) RETURN n.by AS by'),
  );
  await new Promise((done) => setTimeout(done, 100));
  release();
  await first;
  expect(await second).toEqual([{ by: 1 }]);
});

test('a transaction whose commit went through without an answer is not written twice', async () => {
  let lost = 0;
  const forgetful: Graph = {
    ...graph,
    // As the driver does when the server goes away between commit and answer: the work is done, then done again.
    transaction: async (work) => {
      await graph.transaction(work);
      lost++;
      return graph.transaction(work);
    },
  };
  const result = await withLease(forgetful, 'prod', (fence) =>
    fence.transaction(async (tx) => (await tx.run<{ n: number }>('CREATE (n:Written) RETURN 7 AS n'))[0]!.n),
  );
  expect({ lost, result, written: await written() }).toEqual({ lost: 1, result: 7, written: 1 });
});
