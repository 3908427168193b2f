import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { register } from '../../../cli/commands/replay.ts';
import { runProgram } from '../../../cli/program.ts';
import { observationStore } from '../../../shared/adapters/observation-store.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { memoryBucket } from '../../memory-bucket.ts';
import { freshGraph } from '../../neo4j.ts';
import { recordingIo } from '../../unit/cli/recording-io.ts';
import { canonicalLines, deliver } from '../graph/structure-graph.ts';
import { partOf, pod, scanOf, workload } from '../graph/structure-observation.ts';
import { aCall, observe } from '../graph/traffic-observation.ts';

let graph: Graph;
let env: Record<string, string>;
const bucket = memoryBucket();

beforeAll(async () => {
  const { uri, username, password } = await freshGraph();
  env = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
  graph = openGraph({ uri, username, password });
  await ensureSchema(graph);
});
afterAll(async () => {
  bucket.restore();
  await graph?.close();
});
beforeEach(() => bucket.objects.clear());

const rollout = workload('api', { kind: 'Rollout' });
const all: Observation[] = [
  scanOf(290_000, [rollout, pod('api-1'), partOf(pod('api-1'), rollout)]),
  scanOf(590_000, [rollout]),
  ...[300_000, 600_000].map((from) => observe({ from, calls: [aCall({ requests: 3 })] })),
];

async function replay(...args: string[]) {
  const io = recordingIo({ env });
  await runProgram(['replay', '--bucket', 'b', '--region', 'eu-central-1', ...args], '0', io, [register]);
  return io.said;
}

test('the graph is rebuilt from the bucket, as it was when the observations came one by one', async () => {
  const store = observationStore('b');
  for (const one of all) {
    await deliver(graph, one);
    await store.keep(one);
  }
  await store.giveUp('prod', { from: 0, to: 300_000 });
  const expected = await canonicalLines(graph);
  await graph.write('MATCH (n:Pod) SET n.name = "spoiled"');
  const { out, code, err } = await replay('-o', 'json');
  expect([err, code, JSON.parse(out)]).toEqual(['', undefined, { clusters: [{ name: 'prod', observations: 4 }] }]);
  expect(await canonicalLines(graph)).toEqual(expected);
});

test('a bucket with a damaged observation is refused before anything is emptied', async () => {
  const store = observationStore('b');
  const keys = await Promise.all(all.map((one) => store.keep(one)));
  bucket.objects.set(keys[2]!, Buffer.from('half'));
  const before = await canonicalLines(graph);
  const { err, code } = await replay();
  expect([code, await canonicalLines(graph)]).toEqual([2, before]);
  expect(err).toContain('is no whole observation: put back an earlier version of the object');
});

test('an empty bucket empties nothing', async () => {
  const { err, code } = await replay();
  expect(code).toBe(2);
  expect(err).toContain('s3://b holds no observations: nothing was emptied');
});
