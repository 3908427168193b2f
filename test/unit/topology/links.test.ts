import { expect, test } from 'vitest';
import { connectedNodes, groupsOf, linksOf, nodeCaption } from '../../../shared/domain/topology/links.ts';
import { topologyOf } from '../../../shared/domain/topology/topology.ts';
import { call, NODES, recordedTopology } from './recorded-topology.ts';

const linkOf = (...calls: Parameters<typeof topologyOf>[2]) =>
  linksOf(topologyOf({ cluster: 'demo', since: 0, at: 1 }, NODES, calls))[0];

test('a link tells the gravest of what happened on it', () => {
  const pair = ['rogue/scanner', 'books/mysql'] as const;
  expect(linkOf(call(...pair, 1, 10, { denied: 10 }))?.state).toBe('denied');
  expect(linkOf(call(...pair, 1, 10, { denied: 3, mTls: false }))?.state).toBe('partly-denied');
  expect(linkOf(call(...pair, 1, 10), call(...pair, 2, 10, { mTls: false }))?.state).toBe('plaintext');
  expect(linkOf(call(...pair, 1, 10), call(...pair, 2, 10))?.state).toBe('mtls');
});

test('a link adds up the ports and keeps requests and connections apart', () => {
  const link = linkOf(
    call('books/webapp', 'books/authors', 7002, 1500, { failures: 2 }),
    call('books/webapp', 'books/authors', 7001, 500, { denied: 1 }),
    call('books/webapp', 'books/authors', 7001, 7, { unit: 'connections' }),
  );
  expect(link?.lines).toEqual([':7001 :7002 · 2,000 req · 7 conn', '1 denied · 2 failed']);
});

test('many ports are counted, not listed', () => {
  const link = linkOf(...[5, 4, 3, 2].map((port) => call('books/webapp', 'books/authors', port, 1)));
  expect(link?.lines).toEqual([':2 +3 ports · 4 req']);
});

test('nodes without a call are not drawn', () => {
  expect(connectedNodes(recordedTopology()).map(({ name }) => name)).not.toContain('cron');
  expect(connectedNodes(recordedTopology())).toHaveLength(16);
});

test('groups are namespaces; what lives in none comes first', () => {
  const [outside, ...namespaces] = groupsOf(NODES);
  expect(outside).toMatchObject({
    title: '',
    nodes: [{ name: '203.0.113.10' }, { name: '203.0.113.11' }, { name: 'unauthenticated' }],
  });
  expect(namespaces.map(({ title }) => title)).toEqual(['batch', 'books', 'emojivoto', 'legacy', 'rogue']);
});

test('a caption tells what a node is, and what is special about it', () => {
  const captions = Object.fromEntries(NODES.map((node) => [node.name, nodeCaption(node)]));
  expect(captions).toMatchObject({
    mysql: 'StatefulSet · holds personal',
    cron: 'Deployment · not meshed',
    'no-egress': 'Egress Network',
    '203.0.113.11': 'External',
  });
});
