import { afterAll, beforeAll, expect, test } from 'vitest';
import { MeshgraphError } from '../../../shared/domain/errors.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { graphReader } from '../../../shared/graph/reader/graph-reader.ts';
import { keptWalks } from '../../../shared/graph/reader/kept-walks.ts';
import type { QuestionParameter } from '../../../shared/questions/parameter.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';
import { freshGraph } from '../../neo4j.ts';
import { refill } from '../checks/build-graph.ts';
import { clusterScan, healthy, mesh, minute, start } from '../checks/small-mesh.ts';
import { PAYLOADS } from './payloads.ts';

let graph: Graph;
beforeAll(async () => {
  graph = openGraph(await freshGraph());
  const workloads = { ...mesh.workloads, 'shop/web': { pods: [{ name: 'web-1' }], holds: 'personal', owner: 'shop' } };
  await refill(graph, [clusterScan(start, { ...mesh, workloads }), healthy]);
});
afterAll(() => graph?.close());

const everything = () =>
  graph.read(
    'MATCH (n) WITH count(n) AS nodes OPTIONAL MATCH ()-[r]->() RETURN nodes, count(r) AS relationships, COUNT { (:Pwned) } AS pwned',
  );

/** Something the question takes, so that it is the payload alone that is wrong. */
function harmless(parameter: QuestionParameter): string {
  if (parameter.kind === 'node') return parameter.labels.includes('DataClass') ? 'personal' : 'shop/web';
  if (parameter.kind === 'choice') return parameter.choices[0] ?? '';
  return { duration: '1h', instant: '-1h', text: 'x', count: '1' }[parameter.kind];
}

const COMMON = ['cluster', 'namespace', 'owner', 'limit', 'at', 'since'];

test('a thousand values that want to be Cypher are names that nothing has, or no such value, and change nothing', async () => {
  const reader = graphReader({
    ...{
      graph,
      readWalk: keptWalks(graph),
      now: () => minute(10),
      caller: 'a test',
      checks: {},
      staleAfterMs: 3_600_000,
    },
    cypher: { enabled: false, timeout: 0, maxRows: 0 },
  });
  const before = await everything();
  let attempts = 0;
  for (const { id, parameters } of QUESTIONS) {
    const asked = Object.fromEntries(parameters.map((one) => [one.name, harmless(one)]));
    for (const name of [...parameters.map((one) => one.name), ...COMMON]) {
      const payloads = attempts < 1_000 ? PAYLOADS : PAYLOADS.slice(0, 8);
      for (const payload of payloads) {
        attempts += 1;
        const told = await reader.askQuestion({ name: id, ...asked, [name]: payload } as never).catch((error) => error);
        // An error of ours tells what was expected; anything else would be the database's.
        if (told instanceof Error) expect(told, `${id} ${name} ${payload.slice(0, 60)}`).toBeInstanceOf(MeshgraphError);
      }
    }
  }
  expect(attempts).toBeGreaterThan(1_000);
  expect(await everything()).toEqual(before);
});
