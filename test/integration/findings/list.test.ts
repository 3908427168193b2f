import { afterAll, beforeAll, expect, test } from 'vitest';
import { readerOn } from '../../../cli/with-reader.ts';
import type { FindingsRecord } from '../../../shared/checks/finding.ts';
import type { Reader } from '../../../shared/domain/api/operations.ts';
import { type Graph, type GraphAccess, openGraph } from '../../../shared/graph/connection.ts';
import { writeFindings } from '../../../shared/graph/findings.ts';
import { freshGraph } from '../../neo4j.ts';
import { runCommand } from '../../run-command.ts';
import { evaluationAt, findingOf } from '../alerts/recorded-findings.ts';
import { refill } from '../checks/build-graph.ts';
import { CLUSTER, clusterScan, keyOf, mesh, minute, start } from '../checks/small-mesh.ts';

const owner = { label: 'Owner', key: `${CLUSTER}/Owner/team-shop` };
const owned = clusterScan(start, {
  ...mesh,
  more: {
    entities: [{ ...owner, family: 'entity-model', props: { name: 'team-shop' } }],
    relations: [
      {
        type: 'OWNED_BY',
        family: 'entity-model',
        from: { label: 'Namespace', key: `${CLUSTER}/Namespace/shop` },
        to: owner,
        props: {},
      },
    ],
  },
});

let access: GraphAccess;
let graph: Graph;
let reader: Reader;
const now = () => minute(9);
beforeAll(async () => {
  access = await freshGraph();
  graph = openGraph(access);
  reader = readerOn({ env: { USER: 'eve' }, now }, graph);
  await refill(graph, [owned]);
  const inLegacy = { about: [{ label: 'Workload', key: keyOf('Deployment', 'legacy/inventory') }] };
  const open = [await findingOf('a'), await findingOf('b', { severity: 'low' }), await findingOf('c', inLegacy)];
  const exception = { reason: 'goes in spring', until: minute(99) };
  const accepted: FindingsRecord['accepted'] = [{ finding: await findingOf('excepted', inLegacy), ...exception }];
  await writeFindings(graph, evaluationAt(1, open, { accepted }));
});
afterAll(() => graph?.close());

const messages = async (filter: object) => {
  const { findings, total } = await reader.listFindings({ limit: 10, ...filter });
  expect(total).toBe(findings.length);
  return findings.map(({ message }) => message.split(' ')[0]).sort();
};

test('findings are chosen by where what they are about lives, and by whose it is', async () => {
  expect(await messages({ namespace: 'shop' })).toEqual(['a', 'b']);
  expect(await messages({ namespace: 'legacy' })).toEqual(['c', 'excepted']);
  expect(await messages({ namespace: 'legacy', state: 'open' })).toEqual(['c']);
  expect(await messages({ owner: 'team-shop' })).toEqual(['a', 'b']);
  expect(await messages({ owner: 'team-shop', severity: 'high' })).toEqual(['a']);
  expect(await messages({ owner: 'nobody' })).toEqual([]);
});

test('how many there are is told on the first page', async () => {
  const first = await reader.listFindings({ limit: 3 });
  const second = await reader.listFindings({ limit: 3, cursor: first.next ?? '' });
  expect([first.total, first.findings.length, second.total, second.findings.length]).toEqual([4, 3, null, 1]);
});

test('an exception of the configuration is told as an acceptance, with its reason and end', async () => {
  const { findings } = await reader.listFindings({ state: 'accepted', limit: 10 });
  expect(findings).toMatchObject([
    { acceptance: { by: 'meshgraph.yaml', reason: 'goes in spring', at: minute(1), until: minute(99) } },
  ]);
});

const run = (...args: string[]) => {
  const env = { NEO4J_URI: access.uri, NEO4J_USERNAME: access.username, NEO4J_PASSWORD: access.password, USER: 'eve' };
  return runCommand(['findings', ...args], { now, env });
};

test('the list says what it left out, and what was asked where there is nothing', async () => {
  const cut = await run('--limit', '1');
  expect(cut.out.trim().split('\n')).toHaveLength(2);
  expect(cut.err).toContain('1 of 3, newest opened first: --limit 3 for all');
  expect(await run('--namespace', 'nowhere')).toMatchObject({
    out: '',
    err: 'no finding is open, namespace nowhere: evaluations that record write them (check --record)\n',
    code: 0,
  });
  expect(await run('--limit', '0')).toMatchObject({
    err: expect.stringContaining('--limit: expected a whole number'),
    code: 2,
  });
});

test('one finding is shown with its life, accepted and reopened, each with who and why', async () => {
  const { id } = (await reader.listFindings({ namespace: 'shop', severity: 'high', limit: 1 })).findings[0]!;
  await run('accept', id, '--reason', 'pen test\u001b[31m', '--until', '2099-12-31');
  const again = await run('accept', id, '--reason', 'pen test\u001b[31m', '--until', '2099-12-31');
  expect(again).toMatchObject({ out: 'accepted until 2100-01-01T00:00:00Z: a was denied\n', code: 0 });
  expect(await run('reopen', id, '--reason', 'it was no test')).toMatchObject({
    out: 'open since 2026-11-23T17:01:00Z: a was denied\n',
    code: 0,
  });
  const lines = (await run('show', id)).out.split('\n');
  expect(lines.slice(0, -4)).toEqual([
    'denied-arrivals in test: open (high)',
    'a was denied',
    '',
    'first seen  2026-11-23T17:01:00Z',
    'open since  2026-11-23T17:01:00Z',
    'last seen   2026-11-23T17:01:00Z',
    'looked for  2026-11-23T17:01:00Z',
    'namespaces  shop',
    'owners      team-shop',
    'about       Workload shop/books',
    '',
    'history',
    '2026-11-23T17:01:00Z  open',
    '2026-11-23T17:09:00Z  accepted  by eve until 2100-01-01T00:00:00Z: pen test\\u{1b}[31m',
    '2026-11-23T17:09:00Z  open      by eve: it was no test',
    '',
    'evidence',
    'caller  a',
    '',
  ]);
  expect(lines.slice(-4)).toEqual(['what to do', expect.any(String), 'see docs/checks.md#denied-arrivals', '']);
  expect(await run('reopen', 'nothing', '--reason', 'x')).toMatchObject({
    err: expect.stringContaining('there is no finding nothing'),
    code: 2,
  });
});
