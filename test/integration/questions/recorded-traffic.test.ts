import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Graph, openGraph } from '../../../shared/graph/connection.ts';
import { freshGraph } from '../../neo4j.ts';
import { askGraph, columns } from './ask-graph.ts';
import { readTruth, T0, writeRecordedMesh } from './recorded-graph.ts';

/** When what happened to the recorded mesh: seconds after T0, from the timeline of the recording (events of truth/). */
const REPORTS_APPEAR = 240;
const SCANNER_STOPS = 243;
const POLICY_CHANGES = 345;

let graph: Graph;
let counted: Awaited<ReturnType<typeof readTruth>>;
beforeAll(async () => {
  counted = await readTruth();
  graph = openGraph(await freshGraph());
  await writeRecordedMesh(graph);
});
afterAll(() => graph?.close());

/** Windows are minutes, and a proxy is scraped up to ten seconds after: so much later may an event show. */
const expectWithinWindow = (instant: unknown, seconds: number): void => {
  expect(Number(instant)).toBeGreaterThan(T0 + seconds * 1000 - 60_000);
  expect(Number(instant)).toBeLessThanOrEqual(T0 + seconds * 1000 + 70_000);
};

test('who was turned away is told as often as the applications counted, and until when', async () => {
  const { rows } = await askGraph(graph, 'denied');
  const denial = (caller: string, callee: string) =>
    rows.find((row) => row.caller === caller && row.callee === callee && row.unit === 'requests');
  const scanner = (peer: string) => counted({ direction: 'out', workload: 'scanner', peer });
  const authors = denial('rogue/scanner', 'books/authors');
  const voting = denial('rogue/scanner', 'emojivoto/voting');
  expect([authors?.count, voting?.count]).toEqual([118, 118]);
  expect(authors?.count).toBe(scanner('authors.books.svc.cluster.local:7001'));
  expect(voting?.count).toBe(scanner('voting-svc.emojivoto.svc.cluster.local:8080'));
  expect([authors?.ended, voting?.ended]).toEqual(['ended', 'ended']);
  expectWithinWindow(authors?.last, SCANNER_STOPS);
  expectWithinWindow(voting?.last, SCANNER_STOPS);

  const cron = counted({ direction: 'out', workload: 'cron', result: '403' });
  expect(denial('unauthenticated', 'books/authors')).toMatchObject({ count: cron, ended: 'goes on' });
  expect(cron).toBe(137);

  const reports = denial('batch/reports', 'emojivoto/voting');
  expect(reports).toMatchObject({ novelty: 'new', ended: 'ended' });
  expectWithinWindow(reports?.first, REPORTS_APPEAR);
  expectWithinWindow(reports?.last, POLICY_CHANGES);
  expect(denial('batch/reports', 'books/authors')).toMatchObject({ count: 93, novelty: 'new', ended: 'goes on' });
});

test('what the own proxy refused is told too, less what a killed caller took with it; what was let in is not', async () => {
  const { rows } = await askGraph(graph, 'denied', {}, { namespace: 'rogue' });
  const egress = rows.find(({ verdict }) => verdict === 'refused');
  const sent = counted({ direction: 'out', workload: 'scanner', peer: 'api.payments.example:80' });
  expect(egress).toMatchObject({ caller: 'rogue/scanner', policy: 'egressnetwork/rogue/no-egress', ended: 'ended' });
  // Nobody scraped it again: as much as one scrape interval of 10 s, at 0.2 a second, may be missing.
  expect(sent - Number(egress?.count)).toBeGreaterThanOrEqual(0);
  expect(sent - Number(egress?.count)).toBeLessThanOrEqual(2);
  expect(columns(await askGraph(graph, 'denied'), 'caller', 'callee')).not.toContainEqual([
    'rogue/scanner',
    'emojivoto/web',
  ]);
});

test('the plain-text calls of a caller without a proxy are told by whom they reached, and go on', async () => {
  const answer = await askGraph(graph, 'plaintext');
  const told = columns(answer, 'caller', 'callee', 'verdict', 'count', 'ended');
  const cron = (result: string, peer: string) => counted({ direction: 'out', workload: 'cron', result, peer });
  const web = cron('200', 'web-svc.emojivoto.svc.cluster.local:80');
  const authors = cron('403', 'authors.books.svc.cluster.local:7001');
  expect([web, authors]).toEqual([275, 137]);
  expect(told).toContainEqual(['unauthenticated', 'emojivoto/web', 'allowed', web, 'goes on']);
  expect(told).toContainEqual(['unauthenticated', 'books/authors', 'denied', authors, 'goes on']);
  expect(told).toContainEqual(['unauthenticated', 'books/mysql', 'denied', 110, 'goes on']);
  // The unmeshed server, as its meshed caller tells it.
  const inventory = counted({ direction: 'out', workload: 'webapp', peer: 'inventory.legacy.svc.cluster.local:9000' });
  expect(told).toContainEqual(['books/webapp', 'legacy/inventory', null, inventory, 'goes on']);
  const meshed = answer.rows.filter(({ caller, callee }) => caller === 'books/webapp' && callee === 'books/authors');
  expect(meshed).toEqual([]);
});

test('reports is new to all it calls, with the pod that came then', async () => {
  const answer = await askGraph(graph, 'new-edges');
  const reports = answer.rows.filter(({ caller }) => caller === 'batch/reports');
  expect(reports.map(({ callee }) => callee).sort()).toEqual(['books/authors', 'books/books', 'emojivoto/voting']);
  for (const { first, before, released } of reports) {
    expectWithinWindow(first, REPORTS_APPEAR);
    expect(before).toBe('nothing');
    expect(released).toContain('batch/reports: new pod reports-5b48bbc79d-vbmn8');
    expect(released).toContain('batch/reports: replicas: 0 → 1');
  }
  const others = answer.rows.filter(({ caller }) => caller !== 'batch/reports');
  expect(others.every(({ first }) => Number(first) < T0 + 70_000)).toBe(true);
});

test('the scanner is silent since it stopped, and without pods', async () => {
  const { rows } = await askGraph(graph, 'quiet-edges', { silent: '4m' });
  const applications = rows.filter(({ callee }) => !String(callee).startsWith('linkerd/'));
  expect(applications.map(({ caller, callee }) => [caller, callee]).sort()).toEqual([
    ['rogue/scanner', 'books/authors'],
    ['rogue/scanner', 'books/mysql'],
    ['rogue/scanner', 'emojivoto/voting'],
    ['rogue/scanner', 'emojivoto/web'],
    ['rogue/scanner', 'rogue/no-egress'],
  ]);
  for (const { last, callerNow } of applications) {
    expectWithinWindow(last, SCANNER_STOPS);
    expect(callerNow).toBe('without pods');
  }
});

test('the timeline of voting has the denials, the policy change that ended them, and who stopped calling', async () => {
  const { rows } = await askGraph(graph, 'timeline', { entity: 'emojivoto/voting' });
  const at = (what: string, entity: string) => rows.find((row) => row.what === what && row.entity === entity)?.at;
  const reports = 'batch/reports → emojivoto/voting';
  expectWithinWindow(at('first call', reports), REPORTS_APPEAR);
  expectWithinWindow(at('denied', reports), REPORTS_APPEAR);
  expectWithinWindow(at('last denied', reports), POLICY_CHANGES);
  expectWithinWindow(at('last call', 'rogue/scanner → emojivoto/voting'), SCANNER_STOPS);
  // The next scan of the cluster after the change is the last one, the final snapshot 586 s after T0.
  const opened = rows.find(({ what, detail }) => what === 'opened' && detail === 'ADMITS batch/reports');
  expect(opened?.entity).toBe('Authentication emojivoto/web-only');
  expect(Math.round((Number(opened?.at) - T0) / 1000)).toBe(586);
  expect(rows.map((row) => Number(row.at))).toEqual(rows.map((row) => Number(row.at)).toSorted((a, b) => a - b));
});

test('the restart of books shows in its timeline as one pod that went and one that came', async () => {
  const { rows } = await askGraph(graph, 'timeline', { entity: 'books/books' });
  const pods = rows.filter(({ what }) => String(what).startsWith('pod'));
  expect(pods.map(({ what, detail }) => [what, detail])).toEqual([
    ['pod came', 'books/books-68db87f484-f5dl4'],
    ['pod went', 'books/books-7cd88765c7-h9dbs'],
  ]);
});

test('the recording was watched without a gap, and every proxy of it was scraped', async () => {
  const answer = await askGraph(graph, 'coverage', {}, { since: '11m' });
  expect(answer.summary).toBe('everything was watched');
  expect(columns(answer, 'source', 'state', 'detail')).toEqual([
    ['traffic', 'watched', '11m, 11 windows'],
    ['cluster', 'read', expect.stringMatching(/^3 scans, /)],
  ]);
});

test('left over are the policies the recording says match nothing', async () => {
  const told = columns(await askGraph(graph, 'orphans'), 'kind', 'entity');
  expect(told).toContainEqual(['ServerAuthorization', 'emojivoto/web-everyone']);
  expect(told).toContainEqual(['NetworkAuthentication', 'emojivoto/cluster-pods']);
  // The other two are of Linkerd's own charts, which were installed without what would use them.
  expect(told).toHaveLength(4);
  expect(told.filter(([, entity]) => !String(entity).startsWith('linkerd'))).toHaveLength(2);
});
