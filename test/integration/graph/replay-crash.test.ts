import { expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { DEFAULT_LEASE } from '../../../shared/graph/lease.ts';
import { ownGraph } from '../../neo4j.ts';
import { log } from './small-log.ts';
import { canonicalLines, deliver, emptyAll } from './structure-graph.ts';

test('the log is written to the same lines although the server is killed in the middle and comes back', async () => {
  const server = await ownGraph();
  const own = openGraph(server);
  try {
    for (const one of log) await deliver(own, one);
    const expected = await canonicalLines(own);
    await emptyAll(own);

    let crash: Promise<void> | undefined;
    const crashing: Graph = {
      ...own,
      transaction: (work) =>
        own.transaction(async (tx) => {
          const result = await work(tx);
          if (crash === undefined && (await tx.run('MATCH (p:Pod) RETURN p LIMIT 1')).length > 0) {
            server.kill();
            crash = server.restart();
          }
          return result;
        }),
    };
    const lease = { ...DEFAULT_LEASE, ttlMs: 1_000 };
    for (const one of log) {
      await deliver(crashing, one, lease).catch(async () => {
        await crash;
        await deliver(crashing, one, lease);
      });
    }
    expect(crash).toBeDefined();
    expect(await canonicalLines(own)).toEqual(expected);
  } finally {
    await own.close();
    await server.remove();
  }
}, 300_000);
