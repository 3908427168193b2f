import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../../shared/checks/finding.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { acceptFinding } from '../../../shared/graph/findings/change-by-hand.ts';
import { writeFindings } from '../../../shared/graph/findings.ts';
import { graphQueueing } from '../../../shared/graph/outbox/graph-queueing.ts';
import pending from '../../../shared/graph/outbox/pending.cypher';
import { withOutbox } from '../../../shared/graph/outbox/with-outbox.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { CLUSTER, minute, scan, start } from '../checks/small-mesh.ts';
import { evaluationAt, findingOf, looksAt, TELLING } from './recorded-findings.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
});
afterAll(() => graph?.close());
beforeEach(() => refill(graph, [scan]));

describe('what a check of traffic finds in its first hours was there before:', () => {
  const HOUR = 3_600_000;
  const learning = { ...TELLING, learning: HOUR };
  const traffic = { since: minute(0), until: minute(1) };
  const looks = looksAt('denied-arrivals').map((look) => ({ ...look, traffic }));
  const evaluate = (n: number, open: readonly Finding[]) =>
    writeFindings(graph, evaluationAt(n, open, { looks, telling: learning }));
  const waitingAt = async () => (await graphQueueing(graph).readWaiting(CLUSTER, 0)).map((at) => (at - start) / 60_000);
  const pendingNow = () => withOutbox(graph, CLUSTER, (outbox) => outbox.readPending(10));

  test('it is held for one digest at their end, and what comes later is told at once', async () => {
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => findingOf(name)));
    await evaluate(1, [a!]);
    await evaluate(5, [a!, b!]);
    expect(await waitingAt()).toEqual([1]);
    expect((await pendingNow()).map(({ alert }) => alert.message)).toEqual(['a was denied']);
    await evaluate(61, [a!, b!, c!]);
    expect(await waitingAt()).toEqual([1, 5, 61]);
    expect((await pendingNow()).map(({ alert, first }) => [alert.message, first])).toEqual([
      ['a was denied', true],
      ['b was denied', true],
      ['c was denied', false],
    ]);
  });

  test('nothing of a finding is told before what is held of it', async () => {
    const b = await findingOf('b');
    await evaluate(1, []);
    await evaluate(5, [b]);
    await acceptFinding(graph, {
      cluster: CLUSTER,
      key: b.key,
      reason: 'x',
      by: 'eve',
      at: minute(6),
      until: minute(99),
    });
    expect(await waitingAt()).toEqual([]);
    await evaluate(61, [b]);
    expect((await pendingNow()).map(({ alert }) => alert.change)).toEqual(['opened', 'accepted']);
  });

  test('a check that comes with an upgrade begins in the same way, the others go on', async () => {
    const upgraded = [...looks, ...looksAt('first-time-caller').map((look) => ({ ...look, traffic }))];
    const late = await findingOf('late', { check: 'first-time-caller', key: `${CLUSTER}/Finding/late` });
    const later = await findingOf('later', { check: 'first-time-caller', key: `${CLUSTER}/Finding/later` });
    await evaluate(1, []);
    const evaluateBoth = (n: number, open: readonly Finding[]) =>
      writeFindings(graph, evaluationAt(n, open, { looks: upgraded, telling: learning }));
    await evaluateBoth(100, [late, await findingOf('a')]);
    await evaluateBoth(101, [late, later, await findingOf('a')]);
    expect((await pendingNow()).map(({ alert, first }) => [alert.message, first])).toEqual([
      ['a was denied', false],
      ['late was denied', true],
    ]);
  });
});

test('as many alerts are read at once as fit, and one at least', async () => {
  const findings = await Promise.all(['a', 'b', 'c'].map((name) => findingOf(name)));
  await writeFindings(graph, evaluationAt(1, findings));
  const rows = await graph.read<{ length: number }>('MATCH (alert:Alert) RETURN size(alert.document) AS length');
  const [{ length } = { length: 0 }] = rows;
  const readWith = async (most: number) =>
    (await graph.read(pending, { cluster: CLUSTER, limit: 10, length: most })).length;
  expect(await Promise.all([1, length, 2 * length, 3 * length].map(readWith))).toEqual([1, 1, 2, 3]);
});
