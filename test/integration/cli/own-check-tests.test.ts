import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type NamedTest, readOwnTests } from '../../../cli/own-checks/read-own-tests.ts';
import { renderTests } from '../../../cli/own-checks/render-tests.ts';
import { testOwnChecks } from '../../../cli/own-checks/test-own-checks.ts';
import { parseOwnTest } from '../../../shared/checks/own-checks/own-test.ts';
import { parseOwnCheck } from '../../../shared/checks/own-checks/parse-own-check.ts';
import { parseConfiguration } from '../../../shared/domain/configuration/parse.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';

/** The files docs/own-checks.md shows, each block under the name that the line before it ends with. */
const page = readFileSync(join(import.meta.dirname, '../../../docs/own-checks.md'), 'utf8');
const FILES = new Map(
  [...page.matchAll(/`(own-checks\/[^`]+\.(?:yaml|cypher))`(?:[^`]*):\n\n```\w+\n([\s\S]*?)```/g)].map(
    ([, path = '', text = '']) => [path, text],
  ),
);
const fileOf = (name: string): string => FILES.get(`own-checks/no-legacy/${name}`) ?? '';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshgraph-own-tests-'));
  vi.stubEnv('TMPDIR', folder);
  for (const [path, text] of FILES) write(path, text);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const meshgraph = (...args: string[]) => runCommand(args, { cwd: folder, env: process.env });

describe('meshgraph check --test', () => {
  test('tries the check of the documentation as it says, in a Neo4j that leaves nothing behind', async () => {
    expect([...FILES.keys()]).toHaveLength(5);
    const { out, code } = await meshgraph('check', '--test', 'own-checks');
    expect(page).toContain(`$ meshgraph check --test own-checks\n${out}\`\`\`\n`);
    expect(code).toBe(0);
    expect(readdirSync(folder)).toEqual(['own-checks']);
  });

  test.each([
    [['--test', 'own-checks', '--record', '--at', '-1h'], 'leave out --at, --record'],
    [['--test', 'own-checks', '-o', 'sarif'], 'SARIF has no place for tests'],
    [['--test', 'own-checks', 'no-legcy'], 'there is no check "no-legcy" there; did you mean no-legacy?'],
    [['--test', 'nowhere'], 'there is no directory of checks nowhere'],
  ])('%j is refused in one sentence, exit code 2', async (args, sentence) => {
    const { out, err, code } = await meshgraph('check', ...args);
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toContain(sentence);
  });

  test.each([
    ['calls:\n  - { from: shop/web, to: shop/books }\n', 'bad.yaml:1: finds: expected a list of the sentences'],
    ['finds: []\ncals: []\n', 'bad.yaml:2: unknown key "cals": did you mean "calls"?'],
    [
      'finds: []\ncalls:\n  - { from: web, to: shop/books }\n',
      'bad.yaml:3: calls[0].from: expected a workload as namespace/name',
    ],
    [
      'finds: []\nobjects:\n  - { kind: Pod }\n',
      'bad.yaml:3: objects[0].apiVersion: expected a text, but it is missing',
    ],
    ['finds: [\n', 'bad.yaml:2: not YAML: '],
  ])('a test that says %j is refused with file and line', async (text, sentence) => {
    write('bad/no-legacy/check.yaml', fileOf('check.yaml').replace(/^population.*\n/m, ''));
    write('bad/no-legacy/query.cypher', fileOf('query.cypher'));
    write('bad/no-legacy/tests/bad.yaml', text);
    const { err, code } = await meshgraph('check', '--test', 'bad');
    rmSync(join(folder, 'bad'), { recursive: true });
    expect(code).toBe(2);
    expect(err).toContain(`bad/no-legacy/tests/${sentence}`);
  });
});

describe('a test of a check', () => {
  const { entityModel } = parseConfiguration('', 'meshgraph.yaml', []);
  let graph: Graph;
  beforeAll(async () => {
    graph = openGraph(await freshGraph());
  });
  afterAll(() => graph?.close());

  const checkOf = (query = fileOf('query.cypher'), population = fileOf('population.cypher')) =>
    parseOwnCheck(
      { id: 'no-legacy', folder: 'own-checks/no-legacy', yaml: fileOf('check.yaml'), query, population },
      { ids: [], noun: 'check' },
    );
  const named = (name: string, text: string): NamedTest => ({ ...parseOwnTest(text, name), name });
  const outcomesOf = async (check: ReturnType<typeof checkOf>, tests?: readonly NamedTest[]) => {
    const read = tests ?? (await readOwnTests(join(folder, 'own-checks'), check));
    return testOwnChecks(graph, [{ check, tests: read }], { entityModel }, new AbortController().signal);
  };

  test('fails where the check says what it should not, or not what it should', async () => {
    const everywhere = checkOf(fileOf('query.cypher').replace(", namespace: 'shop'}", '}'));
    expect(await outcomesOf(everywhere)).toMatchObject([
      { test: 'clean', problems: ['it says, and should not: batch calls inventory'] },
      { test: 'matching', problems: [] },
    ]);
    const nowhere = checkOf(fileOf('query.cypher').replace("'shop'", "'shoq'"));
    const outcomes = await outcomesOf(nowhere);
    expect(outcomes).toMatchObject([
      { test: 'clean', problems: [] },
      { test: 'matching', problems: ['it should say, and does not: web calls inventory'] },
    ]);
    expect(renderTests({ colour: false }, 'short', outcomes)).toBe(
      'no-legacy matching: it should say, and does not: web calls inventory\n',
    );
    expect(renderTests({ colour: false }, 'junit', outcomes)).toContain('tests="2" failures="1"');
    expect(JSON.parse(renderTests({ colour: false }, 'json', outcomes))).toMatchObject({ exitCode: 1 });
  });

  test('fails where the population counts too few', async () => {
    const outcomes = await outcomesOf(checkOf(undefined, 'RETURN 0 AS count'));
    expect(outcomes.find(({ test: name }) => name === 'matching')?.problems).toEqual([
      'it finds 1 of 0 workloads that call: its population counts too few',
    ]);
  });

  test('fails where nothing shows the check finding something, or silent', async () => {
    expect(await outcomesOf(checkOf(), [])).toMatchObject([
      {
        problems: [
          'no file in own-checks/no-legacy/tests shows it finding something',
          'no file in own-checks/no-legacy/tests shows it silent',
        ],
      },
    ]);
  });

  test('has both sides of a call, pods with a proxy where their namespace is meshed, and identities', async () => {
    const query = `MATCH (caller:Identity {cluster: $cluster})-[arrival:ARRIVED_AT]->(callee:Workload)
      MATCH (caller)<-[:HAS_IDENTITY]-(account:ServiceAccount)<-[:RUNS_AS]-(workload:Workload)
      RETURN workload.name AS caller, callee.name + ' ' + arrival.verdict AS callee, account.key AS callerKey, callee.key AS calleeKey
      UNION ALL
      MATCH (pod:Pod {cluster: $cluster}) WHERE NOT pod.meshed
      RETURN pod.name AS caller, pod.unmeshedReason AS callee, pod.key AS callerKey, '' AS calleeKey
      UNION ALL
      MATCH (:Unauthenticated {cluster: $cluster})-[arrival:ARRIVED_AT]->(callee)
      RETURN 'nobody' AS caller, callee.name + ' ' + arrival.port AS callee, '' AS callerKey, callee.key AS calleeKey`;
    const mesh = named(
      'both',
      `finds:
  - web calls books denied
  - old-0 calls namespace not injected
  - nobody calls web 9090
objects:
  - { apiVersion: v1, kind: Namespace, metadata: { name: legacy } }
  - { apiVersion: apps/v1, kind: DaemonSet, metadata: { name: old, namespace: legacy } }
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { spec: { serviceAccountName: front } } }
calls:
  - { from: shop/web, to: shop/books, verdict: denied }
  - { from: legacy/old, to: shop/web, port: 9090, mtls: false }
`,
    );
    const silent = named('silent', 'finds: []\n');
    const outcomes = await outcomesOf(checkOf(query, 'RETURN 9 AS count'), [mesh, silent]);
    expect(outcomes).toMatchObject([
      { test: 'both', problems: [] },
      { test: 'silent', problems: [] },
    ]);
  });
});
