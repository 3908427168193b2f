import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readOwnChecks } from '../../../cli/own-checks/read-own-checks.ts';
import { toCheck } from '../../../shared/checks/own-checks/to-check.ts';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { graphReader } from '../../../shared/graph/reader/graph-reader.ts';
import { keptWalks } from '../../../shared/graph/reader/kept-walks.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { refill } from '../checks/build-graph.ts';
import { clusterScan, healthy, mesh, minute, scan } from '../checks/small-mesh.ts';
import { deliver } from '../graph/structure-graph.ts';

const CHECK = `title: nothing of shop calls legacy
severity: high
rationale: legacy is being taken down
remedy: call its successor
message: "{caller} calls {callee}"
fingerprint: [caller, callee]
about: [callerKey]
needs: { traffic: true }
population: callers
`;
const QUERY = `MATCH (caller:Workload {cluster: $cluster, namespace: 'shop'})-[call:CALLED]->(callee:Workload {namespace: 'legacy'})
WHERE call.lastAt > $since AND call.firstAt < $at
RETURN DISTINCT caller.key AS callerKey, caller.name AS caller, callee.name AS callee
`;
const LIVES = `MATCH (old:Workload {cluster: $cluster, namespace: 'legacy'}) WHERE old.validTo IS NULL
RETURN old.key AS callerKey, 'somebody' AS caller, old.name AS callee
`;
const POPULATION = `MATCH (caller:Workload {cluster: $cluster})-[call:CALLED]->()
WHERE call.lastAt > $since AND call.firstAt < $at
RETURN count(DISTINCT caller) AS count
`;

let access: GraphAccess;
let graph: Graph;
let folder: string;
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
});
afterAll(() => graph?.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meshgraph-own-checks-'));
  write('checks/no-legacy/check.yaml', CHECK);
  write('checks/no-legacy/query.cypher', QUERY);
  write('checks/no-legacy/population.cypher', POPULATION);
  await refill(graph, [scan, healthy]);
  return () => rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const meshgraph = (args: readonly string[], now = minute(10)) => {
  const { uri, username, password } = access;
  const env = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
  return runCommand([...args], { cwd: folder, env, now: () => now });
};

describe('checks of the user’s own', () => {
  test('are judged beside the others, with what they say of themselves', async () => {
    const { out, code } = await meshgraph(['check', '--checks', 'checks']);
    expect(code).toBe(1);
    expect(out).toContain(
      'own\n---\n× nothing of shop calls legacy (high, 1 of 1 callers)\n    web calls inventory\n    hint: call its successor\n',
    );
    expect(out).not.toContain('#no-legacy');
    expect(out).toContain('√ no caller is turned away by Linkerd policy');
  });

  test('are those of the configuration too, which sets severity, exceptions and whether they run, as of any other', async () => {
    write('etc/meshgraph.yaml', 'ownChecks: ../checks\nchecks: {no-legacy: {severity: low}}\n');
    const lenient = await meshgraph(['check', 'no-legacy', '--config', 'etc/meshgraph.yaml', '-o', 'short']);
    expect(lenient).toMatchObject({ code: 0, out: 'test low no-legacy: web calls inventory\n' });
    const exception = 'exceptions: [{where: {callee: inventory}, reason: until it is gone, until: 2026-12-31}]';
    write('etc/meshgraph.yaml', `ownChecks: ../checks\nchecks: {no-legacy: {${exception}}}\n`);
    const accepted = await meshgraph(['check', 'no-legacy', '--config', 'etc/meshgraph.yaml']);
    expect(accepted.out).toContain('    accepted: web calls inventory (until it is gone)\n');
    expect(accepted.code).toBe(0);
    write('etc/meshgraph.yaml', 'ownChecks: ../checks\nchecks: {no-legacy: {enabled: false}}\n');
    const off = await meshgraph(['check', '--config', 'etc/meshgraph.yaml']);
    expect(off.out).not.toContain('nothing of shop calls legacy');
  });

  test('leave findings in the graph like any other: opened, about something, resolved', async () => {
    const kept = () =>
      graph.read(`MATCH (finding:Finding {check: 'no-legacy'}) OPTIONAL MATCH (finding)-[:ABOUT]->(about)
        RETURN finding.state AS state, finding.severity AS severity, about.key AS about`);
    write('checks/no-legacy/check.yaml', CHECK.replace('{ traffic: true }', '{ families: [workloads] }'));
    write('checks/no-legacy/query.cypher', LIVES);
    await meshgraph(['check', 'no-legacy', '--checks', 'checks', '--record']);
    expect(await kept()).toEqual([{ state: 'open', severity: 'high', about: 'test/legacy/Deployment/inventory' }]);
    const own = (await readOwnChecks(folder, join(folder, 'checks'), { ids: [], noun: 'check' })).map(toCheck);
    const reading = { now: () => minute(10), caller: 'me', checks: {}, ownChecks: own, staleAfterMs: 900_000 };
    const reader = graphReader({
      ...{ graph, readWalk: keptWalks(graph), ...reading },
      cypher: { enabled: false, timeout: 0, maxRows: 0 },
    });
    const { evaluations } = await reader.readChecks({ check: 'no-legacy' });
    expect(evaluations[0]?.results).toMatchObject([{ check: { id: 'no-legacy' }, status: 'violated' }]);
    const { 'legacy/inventory': _, ...others } = mesh.workloads ?? {};
    await deliver(graph, clusterScan(minute(12), { ...mesh, workloads: others }));
    await meshgraph(['check', 'no-legacy', '--checks', 'checks', '--record'], minute(13));
    expect(await kept()).toEqual([{ state: 'resolved', severity: 'high', about: 'test/legacy/Deployment/inventory' }]);
  });

  test.each([
    ['a directory that is not there', [], 'there is no directory of checks nowhere', 'nowhere'],
    ['an empty directory', [['empty/README.md', '']], 'empty holds no check: a check is a folder with', 'empty'],
    ['a folder without a query', [['bad/one/check.yaml', CHECK]], 'bad/one: a check needs a query.cypher', 'bad'],
    [
      'an id of meshgraph’s own',
      [
        ['bad/denied-arrivals/check.yaml', CHECK],
        ['bad/denied-arrivals/query.cypher', QUERY],
      ],
      "bad/denied-arrivals: denied-arrivals is a check of meshgraph's own",
      'bad',
    ],
    [
      'a key that was mistyped',
      [['checks/no-legacy/check.yaml', CHECK.replace('remedy', 'remedey')]],
      'checks/no-legacy/check.yaml:4: unknown key "remedey": did you mean "remedy"?',
      'checks',
    ],
    [
      'no YAML',
      [['checks/no-legacy/check.yaml', 'title: [a\n']],
      'checks/no-legacy/check.yaml:2: not YAML: ',
      'checks',
    ],
    [
      'a query that writes',
      [['checks/no-legacy/query.cypher', `${QUERY.replace('RETURN', 'SET caller.seen = true RETURN')}`]],
      'checks/no-legacy/query.cypher:1: the statement does not only read',
      'checks',
    ],
    [
      'a query that does not parse',
      [['checks/no-legacy/query.cypher', `${QUERY}RETRUN 1\n`]],
      'checks/no-legacy/query.cypher:4: Invalid input',
      'checks',
    ],
    [
      'a query that lacks a column',
      [['checks/no-legacy/query.cypher', QUERY.replace('AS caller,', 'AS who,')]],
      'checks/no-legacy/check.yaml:5: message names caller, and the query returns no such column',
      'checks',
    ],
  ] satisfies [string, string[][], string, string][])(
    '%s is refused in one sentence, exit code 2',
    async (_, files, sentence, directory) => {
      for (const [path = '', text = ''] of files) write(path, text);
      const { out, err, code } = await meshgraph(['check', '--checks', directory]);
      expect({ out, code }).toEqual({ out: '', code: 2 });
      expect(err).toContain(sentence);
      expect(err).not.toContain('    at ');
    },
  );

  test('one that finds too much cannot be judged, and the others are', async () => {
    write(
      'checks/no-legacy/query.cypher',
      "UNWIND range(1, 10001) AS n RETURN 'k' AS callerKey, n AS caller, n AS callee\n",
    );
    const { out, code } = await meshgraph(['check', 'no-legacy', 'denied-arrivals', '--checks', 'checks']);
    expect(code).toBe(2);
    expect(out).toContain('cannot judge: checks/no-legacy/query.cypher:1: it returns more than 10000 rows');
    expect(out).toContain('√ no caller is turned away');
  });

  test('a setting of a check that is nowhere is a mistake', async () => {
    write('meshgraph.yaml', 'ownChecks: checks\nchecks: {no-legacyy: {enabled: false}}\n');
    expect(await meshgraph(['check'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('meshgraph.yaml:2: unknown key "no-legacyy": did you mean "no-legacy"?'),
    });
  });
});
