import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleObservations } from '../../../cli/pipeline/bundle-observations.ts';
import { evaluateChecks } from '../../../functions/evaluate-checks/evaluate-checks.ts';
import { openBundle } from '../../../shared/adapters/bundle-file.ts';
import { toModelParameter } from '../../../shared/checks/model-parameter.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { OPERATIONS, type OperationId } from '../../../shared/domain/api/operations.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { writeFindings } from '../../../shared/graph/findings.ts';
import { readKnowledge } from '../../../shared/graph/knowledge.ts';
import { readRows } from '../../../shared/graph/questions.ts';
import { freshGraph } from '../../neo4j.ts';
import { deliver } from '../graph/structure-graph.ts';
import { type ApiAnswer, apiOn } from './api-on-graph.ts';
import { faultsOf } from './described.ts';

/** The end of the recorded mesh. */
const END = Date.parse('2026-11-23T18:00:00Z');

let graph: Graph;
let send: ReturnType<typeof apiOn>;

beforeAll(async () => {
  graph = openGraph(await freshGraph());
  const entityModel = entityModelSchema.parse({ entities: { 'books/mysql': { dataClasses: ['personal'] } } });
  const bundle = await openBundle(join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz'));
  // Some minutes of it are enough to answer everything.
  const reading = { periodMs: 60_000, until: Date.parse('2026-11-23T17:54:00Z'), entityModel };
  for await (const observation of bundleObservations(bundle, reading)) await deliver(graph, observation);
  const families = [...new Set(CHECKS.flatMap(({ needs }) => needs.families))];
  const checks = CHECKS.map((check) => ({ check, severity: check.severity, parameters: {}, exceptions: [] }));
  await evaluateChecks(
    {
      readKnowledge: (cluster, period) => readKnowledge(graph, cluster, period, families),
      readRows: (query, values) => readRows(graph, query, values),
      writeFindings: (record) => writeFindings(graph, record),
    },
    {
      cluster: 'demo',
      since: END - 3_600_000,
      at: END,
      checks,
      model: toModelParameter(entityModel),
      staleAfterMs: 900_000,
      allowStale: false,
    },
  );
  send = apiOn(graph, { now: () => END });
});
afterAll(() => graph?.close());

const post = (body: object) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

const ANSWERED: readonly (readonly [id: OperationId, target: string, more?: object])[] = [
  ['listQuestions', '/v1/questions'],
  ['askQuestion', '/v1/questions/callers?callee=books/authors'],
  ['askQuestion', '/v1/questions/callees?caller=books/webapp&since=5m'],
  ['askQuestion', '/v1/questions/identities'],
  ['askQuestion', '/v1/questions/path?from=books/webapp&to=books/mysql'],
  ['askQuestion', '/v1/questions/touches?data=personal'],
  ['askQuestion', '/v1/questions/changes?quiet=2m'],
  ['readGraph', '/v1/graph'],
  ['readGraph', '/v1/graph?namespace=books&withLinkerd=true&cluster=demo&at=2026-11-23T17:55:00Z&since=2m'],
  ['readNeighbourhood', '/v1/neighbourhoods?node=books/authors&depth=2'],
  ['readDiff', '/v1/diff?from=2026-11-23T17:50:00Z&to=2026-11-23T17:58:00Z'],
  ['listFindings', '/v1/findings'],
  ['listFindings', '/v1/findings?state=open&severity=high&limit=1'],
  ['listFindings', '/v1/findings?namespace=books&owner=nobody'],
  ['readChecks', '/v1/checks'],
  ['readCertificates', '/v1/certificates'],
  ['listScans', '/v1/scans?limit=5'],
  ['listScans', '/v1/scans?source=cluster'],
  ['readCoverage', '/v1/coverage?since=10m'],
  ['runCypher', '/v1/cypher', post({ statement: 'MATCH (w:Workload) RETURN w, w.name AS name LIMIT 3' })],
  ['readHealth', '/v1/health'],
  ['readOpenapi', '/v1/openapi.json'],
];

/** Answers 200, as described, with nothing in it that is not described, and with how fresh it is. */
function expectAsDescribed(id: OperationId, answer: ApiAnswer): void {
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(faultsOf(id, 200, 'application/json', answer.json)).toEqual([]);
  expect(OPERATIONS[id].answer.parse(answer.json)).toEqual(answer.json);
  if (id === 'listQuestions' || id === 'readOpenapi') return;
  expect(answer.json.freshness).toMatchObject([{ cluster: 'demo', newest: { traffic: expect.any(Number) } }]);
}

test.each(ANSWERED as [OperationId, string, object?][])('%s answers %s as described', async (id, target, more = {}) => {
  expectAsDescribed(id, await send({ target, ...more }));
});

test('accepting a finding answers it as described, and the list tells it', async () => {
  const { json } = await send({ target: '/v1/findings?state=open' });
  const { id } = json.findings[0];
  const body = { reason: 'known, goes with the new release', until: '2026-12-31' };
  const accepted = await send({ target: `/v1/findings/${id}/accept`, ...post(body) });
  expectAsDescribed('acceptFinding', accepted);
  expect(accepted.json.finding).toMatchObject({
    id,
    state: 'accepted',
    acceptance: {
      reason: body.reason,
      by: 'arn:aws:iam::123456789012:user/ops',
      at: END,
      until: Date.parse('2027-01-01'),
    },
  });
  const list = await send({ target: '/v1/findings?state=accepted' });
  expect(list.json).toMatchObject({ findings: [accepted.json.finding], total: 1 });
});

test('a finding is answered with its history, and reopened by whom for what', async () => {
  const { json } = await send({ target: '/v1/findings?state=open' });
  const { id, openedAt } = json.findings[0];
  const acceptance = { reason: 'known', until: '2026-12-31' };
  await send({ target: `/v1/findings/${id}/accept`, ...post(acceptance) });
  const reopened = await send({ target: `/v1/findings/${id}/reopen`, ...post({ reason: 'not any more' }) });
  expectAsDescribed('reopenFinding', reopened);
  expect(reopened.json.finding).toMatchObject({ id, state: 'open', openedAt, acceptance: null });
  const one = await send({ target: `/v1/findings/${id}` });
  expectAsDescribed('readFinding', one);
  const by = 'arn:aws:iam::123456789012:user/ops';
  expect(one.json.finding.history).toEqual([
    { state: 'open', at: openedAt },
    { state: 'accepted', at: END, by, why: 'known', until: Date.parse('2027-01-01') },
    { state: 'open', at: END, by, why: 'not any more' },
  ]);
});

test('no operation goes without an answer held against its description', () => {
  const held = new Set<string>([...ANSWERED.map(([id]) => id), 'acceptFinding', 'reopenFinding', 'readFinding']);
  // The gate is a function of its own: gate.test.ts.
  expect(Object.keys(OPERATIONS).filter((id) => !held.has(id))).toEqual(['gateRelease']);
});

const REFUSED: readonly (readonly [id: OperationId, status: number, detail: string, target: string, more?: object])[] =
  [
    ['askQuestion', 404, 'there is no question "callrs"; did you mean callers?', '/v1/questions/callrs'],
    ['askQuestion', 404, 'did you mean books/authors', '/v1/questions/callers?callee=books/author'],
    ['askQuestion', 400, 'the question callers wants callee', '/v1/questions/callers'],
    ['readGraph', 400, 'unknown parameter colour: known are cluster, at', '/v1/graph?colour=red'],
    ['readGraph', 400, 'at is told more than once: now, -1h', '/v1/graph?at=now&at=-1h'],
    ['readGraph', 400, 'the period ends', '/v1/graph?at=2026-11-23T17:00:00Z&since=2026-11-23T18:00:00Z'],
    ['readGraph', 404, 'the graph knows no cluster "prod", only demo', '/v1/graph?cluster=prod'],
    [
      'readNeighbourhood',
      400,
      'depth: expected a whole number from 1 to 3',
      '/v1/neighbourhoods?node=books/authors&depth=4',
    ],
    ['listFindings', 400, 'the cursor is not one of this API', '/v1/findings?cursor=abc'],
    [
      'listFindings',
      406,
      'answers are application/json, and only text/html',
      '/v1/findings',
      { headers: { accept: 'text/html' } },
    ],
    ['listFindings', 405, '/v1/findings takes GET, HEAD, not POST', '/v1/findings', post({})],
    ['readFinding', 404, 'there is no finding 0123', '/v1/findings/0123'],
    ['reopenFinding', 404, 'there is no finding 0123', '/v1/findings/0123/reopen', post({ reason: 'x' })],
    [
      'acceptFinding',
      404,
      'there is no finding 0123',
      '/v1/findings/0123/accept',
      post({ reason: 'x', until: '2027-01-01' }),
    ],
    [
      'acceptFinding',
      400,
      'until: expected the last day',
      '/v1/findings/0123/accept',
      post({ reason: 'x', until: 'soon' }),
    ],
    ['runCypher', 415, 'expected a body of application/json', '/v1/cypher', { method: 'POST', body: '{}' }],
    ['runCypher', 400, 'the body is no JSON', '/v1/cypher', { ...post({}), body: '{' }],
    ['runCypher', 413, 'expected at most 256000', '/v1/cypher', post({ statement: 'x'.repeat(300_000) })],
  ];

test.each(REFUSED as [OperationId, number, string, string, object?][])(
  '%s refuses with %i and "%s"',
  async (id, status, detail, target, more = {}) => {
    const answer = await send({ target, ...more });
    expect(answer).toMatchObject({ status, json: { status, detail: expect.stringContaining(detail) } });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(faultsOf(id, status, 'application/problem+json', answer.json)).toEqual([]);
  },
);
