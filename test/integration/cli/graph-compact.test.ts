import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands.ts';
import { runProgram } from '../../../cli/program.ts';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { ensureSchema } from '../../../shared/graph/constraints.ts';
import { freshGraph } from '../../neo4j.ts';
import { recordingIo } from '../../unit/cli/recording-io.ts';
import { DAY_MS, deliverAll, history, NOW } from '../graph/compaction-graph.ts';

let access: GraphAccess;
let graph: Graph;
let folder: string;
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  await ensureSchema(graph);
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-compact-'));
  await deliverAll(graph, history(NOW - 5 * DAY_MS));
});
afterAll(async () => {
  await graph?.close();
  await rm(folder, { recursive: true });
});

async function compact(retention: string, ...more: string[]) {
  await writeFile(join(folder, 'meshgraph.yaml'), `retention: {${retention}}\n`);
  const env = { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password };
  const io = recordingIo({ env, cwd: folder, now: () => NOW });
  await runProgram(['graph', 'compact', ...more], '0.0.0', io, COMMANDS);
  return { out: io.said.out, err: io.said.err, code: io.said.code ?? 0 };
}

test('meshgraph graph compact keeps as much as the configuration says, and says what is left', async () => {
  const first = await compact('windows: 2d, days: 3d');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^compacted\nthe graph holds \d+ nodes and \d+ relationships\n$/);
  expect((await compact('windows: 2d, days: 3d')).out).toMatch(/^nothing to compact\n/);
  const grains = await graph.read('MATCH ()-[c:CALLED]->() RETURN DISTINCT c.grain AS grain ORDER BY grain');
  expect(grains).toEqual([{ grain: 'day' }, { grain: 'hour' }, { grain: 'month' }]);
});

test('a budget is told of; as JSON, everything', async () => {
  const { out, code } = await compact('budget: {nodes: 1000, relationships: 1000}');
  expect(out).toMatch(/\n\d+% of its budget is used\n$/);
  expect(code).toBe(0);
  expect(JSON.parse((await compact('budget: {nodes: 1000, relationships: 1000}', '-o', 'json')).out)).toMatchObject({
    finished: true,
    budget: { fits: true },
  });
});

test('a budget that cannot be kept is exit code 2, and in words', async () => {
  const many = 'UNWIND range(1, 1500) AS n CREATE (:Pod {key: "prod/shop/Pod/" + n, cluster: "prod", validFrom: 1})';
  await graph.write(many);
  const { out, code } = await compact('budget: {nodes: 1000, relationships: 1000}');
  expect(out).toMatch(/less is kept than configured: .*windows 1d.*\nthat is not enough: raise retention\.budget/);
  expect(code).toBe(2);
});
