import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfiguration } from '../../../cli/configuration.ts';
import { bundleObservations } from '../../../cli/pipeline/bundle-observations.ts';
import { openBundle } from '../../../shared/adapters/bundle-file.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';
import { freshGraph } from '../../neo4j.ts';
import { recordingIo } from '../../unit/cli/recording-io.ts';
import { deliver } from '../graph/structure-graph.ts';
import { askGraph, columns } from './ask-graph.ts';
import { exampleAnswer } from './example-answer.ts';

const root = join(import.meta.dirname, '../../..');
/** The recorded mesh's applications began then; its events are told in seconds after it. */
const T0 = Date.parse('2026-11-23T17:49:49.188Z');
const after = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();

type TruthRow = Readonly<Record<'direction' | 'namespace' | 'workload' | 'peer' | 'operation' | 'result', string>> & {
  readonly count: number;
};
let graph: Graph;
let truth: readonly TruthRow[];

beforeAll(async () => {
  truth = JSON.parse(await readFile(join(root, 'test/fixtures/capture/truth/edges.json'), 'utf8')).rows;
  graph = openGraph(await freshGraph());
  const { entityModel } = await loadConfiguration(recordingIo({ cwd: root }), 'demo/meshgraph.yaml');
  const bundle = await openBundle(join(root, 'demo/recorded-mesh.bundle.gz'));
  const reading = { periodMs: 60_000, until: Number.POSITIVE_INFINITY, entityModel };
  for await (const observation of bundleObservations(bundle, reading)) await deliver(graph, observation);
});
afterAll(() => graph?.close());

/** What the applications themselves counted. */
const counted = (where: Partial<TruthRow>): number =>
  truth
    .filter((row) => Object.entries(where).every(([name, value]) => row[name as keyof TruthRow] === value))
    .reduce((sum, { count }) => sum + count, 0);

test('callers of authors are told with their verdicts, as often as the applications counted', async () => {
  const answer = await askGraph(graph, 'callers', { callee: 'books/authors' });
  const requests = columns(answer, 'caller', 'verdict', 'unit', 'count').filter(([, , unit]) => unit === 'requests');
  const peer = 'authors.books.svc.cluster.local:7001';
  const webapp = counted({ direction: 'out', workload: 'webapp', peer });
  const probes = counted({ direction: 'in', workload: 'authors', peer: 'l5d-client-id=' });
  const denied = (workload: string) => counted({ direction: 'out', workload, peer, result: '403' });
  expect([webapp, probes, denied('cron'), denied('scanner'), denied('reports')]).toEqual([1373, 116, 137, 118, 93]);
  expect(requests.map(([caller, verdict, , count]) => [caller, verdict, count])).toEqual([
    ['books/webapp', 'allowed', webapp],
    ['unauthenticated', 'denied', denied('cron')],
    ['rogue/scanner', 'denied', denied('scanner')],
    ['unauthenticated', 'allowed', probes],
    ['batch/reports', 'denied', denied('reports')],
  ]);
});

test('failures are those the callee answered', async () => {
  const answer = await askGraph(graph, 'callers', { callee: 'books/authors' });
  const webapp = answer.rows.find(({ caller, verdict }) => caller === 'books/webapp' && verdict === 'allowed');
  expect(webapp?.failures).toBe(
    counted({ direction: 'out', workload: 'webapp', operation: 'GET /authors.json', result: '503' }),
  );
});

test('a caller that was killed is told to the last request, and its egress as refused', async () => {
  const answer = await askGraph(graph, 'callees', { caller: 'rogue/scanner' });
  const told = columns(answer, 'callee', 'verdict', 'count');
  const scanner = (peer: string) => counted({ direction: 'out', workload: 'scanner', peer });
  expect(told).toContainEqual(['books/authors', 'denied', scanner('authors.books.svc.cluster.local:7001')]);
  expect(told).toContainEqual(['emojivoto/voting', 'denied', scanner('voting-svc.emojivoto.svc.cluster.local:8080')]);
  expect(told).toContainEqual(['emojivoto/web', 'allowed', scanner('web-svc.emojivoto.svc.cluster.local:80')]);
  expect(told).toContainEqual(['books/mysql', 'allowed', scanner('mysql.books.svc.cluster.local:3306')]);
  expect(told).toContainEqual(['rogue/no-egress', 'refused', expect.any(Number)]);
});

test('a Service is answered by the calls that went through it', async () => {
  const answer = await askGraph(graph, 'callers', { callee: 'emojivoto/service/voting-svc' });
  expect(new Set(columns(answer, 'caller').flat())).toEqual(
    new Set(['batch/reports', 'emojivoto/web', 'rogue/scanner']),
  );
});

test('a question as of an instant knows nothing of what came later', async () => {
  const callers = async (at: string) =>
    new Set(columns(await askGraph(graph, 'callers', { callee: 'emojivoto/voting' }, { at }), 'caller').flat());
  expect(await callers(after(235))).toEqual(new Set(['emojivoto/web', 'rogue/scanner']));
  expect(await callers(after(300))).toEqual(new Set(['emojivoto/web', 'rogue/scanner', 'batch/reports']));
});

test('a policy change shows as the first call let in, a restart as a pod that went and one that came', async () => {
  const answer = await askGraph(graph, 'changes');
  const told = columns(answer, 'what', 'entity', 'at').map(([what, entity, at]) => [what, entity, Number(at)] as const);
  const at = (wanted: string, entity: RegExp) =>
    told.find(([what, name]) => what === wanted && entity.test(String(name)))?.[2] ?? 0;
  /** Within the window it fell into, or the next one: a pod is scraped up to ten seconds later. */
  const expectSoonAfter = (instant: number, seconds: number) => {
    expect(instant).toBeGreaterThan(T0 + seconds * 1000 - 60_000);
    expect(instant).toBeLessThanOrEqual(T0 + seconds * 1000 + 60_000);
  };

  expectSoonAfter(at('first denied', /^reports\.batch.* → emojivoto\/voting$/), 240);
  expectSoonAfter(at('first allowed', /^reports\.batch.* → emojivoto\/voting$/), 345);
  expectSoonAfter(at('last call', /^rogue\/scanner → books\/authors$/), 243);
  expect(at('opened', /^emojivoto\/web-only → batch\/reports$/)).toBeGreaterThan(T0 + 345_000);
  expect(at('vanished', /^books\/books-7cd88765c7-h9dbs$/)).toBe(at('appeared', /^books\/books-68db87f484-/));
  expect(told.filter(([what]) => what === 'appeared').every(([, , instant]) => instant > T0 + 240_000)).toBe(true);
});

test('personal data is reached by whom it is, never by whom it was denied', async () => {
  const answer = await askGraph(graph, 'touches', { data: 'personal' });
  const ways = new Map(columns(answer, 'caller', 'way', 'mTls').map(([caller, ...rest]) => [caller, rest]));
  expect(ways.get('rogue/scanner')).toEqual(['rogue/scanner → books/mysql', true]);
  expect(ways.get('books/traffic')).toEqual(['books/traffic → books/webapp → books/books → books/mysql', true]);
  expect(ways.get('batch/reports')).toEqual(['batch/reports → books/books → books/mysql', true]);
  expect([...ways.keys()].filter((caller) => String(caller).startsWith('emojivoto/'))).toEqual([]);
});

test('who reaches the database is the same, and by as many hops, whether asked by data or by workload', async () => {
  const touching = columns(await askGraph(graph, 'touches', { data: 'personal' }), 'caller', 'hops', 'mTls', 'last');
  const reaching = await askGraph(graph, 'blast-radius', { of: 'books/mysql', direction: 'reached-by' });
  expect(new Set(columns(reaching, 'name', 'hops', 'mTls', 'last').map(String))).toEqual(new Set(touching.map(String)));
  expect(reaching.total).toBeGreaterThan(5);
});

test('a way over denied calls is no way', async () => {
  const direct = await askGraph(graph, 'path', { from: 'rogue/scanner', to: 'books/authors' });
  expect(direct.rows).toEqual([]);
  const around = await askGraph(graph, 'path', { from: 'emojivoto/vote-bot', to: 'emojivoto/voting' });
  expect(columns(around, 'hop', 'caller', 'callee', 'mTls')).toEqual([
    [1, 'emojivoto/vote-bot', 'emojivoto/web', true],
    [2, 'emojivoto/web', 'emojivoto/voting', true],
  ]);
});

test('identities are told with who carries them and how they fared', async () => {
  const answer = await askGraph(graph, 'identities');
  const scanner = answer.rows.find(({ identity }) => String(identity).startsWith('scanner.rogue.'));
  expect(scanner).toMatchObject({ carriers: ['rogue/scanner'], turnedAway: 236 });
  expect(answer.rows.some(({ identity }) => identity === 'spiffe://root.linkerd.cluster.local/billing')).toBe(true);
});

test.each(QUESTIONS)('docs/questions.md shows what $id answers', async (question) => {
  await expect(await exampleAnswer(graph, question)).toMatchFileSnapshot(
    join(root, 'test/fixtures/answers', `${question.id}.txt`),
  );
});
