import { describe, expect, test } from 'vitest';
import { topologyOf } from '../../../shared/domain/topology/topology.ts';
import { CALLS, call, NODES } from './recorded-topology.ts';

const PERIOD = { cluster: 'demo', since: 0, at: 60_000 };
const only = (made: Parameters<typeof topologyOf>[2]) => topologyOf(PERIOD, NODES, made).edges[0];

describe('an edge', () => {
  test('counts what policy turned away apart from what failed behind it', () => {
    const edge = only([call('batch/reports', 'emojivoto/voting', 8080, 124, { denied: 40, failures: 22 })]);
    expect(edge).toMatchObject({ count: 124, denied: 40, failures: 22, mTls: true });
    expect(edge?.verdicts).toEqual({ allowed: 84, denied: 40 });
    expect(edge?.policies).toEqual(['AuthorizationPolicy/a', 'Server/s']);
  });

  test('that never left the caller is denied and says nothing of mutual TLS', () => {
    const edge = only([call('rogue/scanner', 'rogue/no-egress', 80, 47, { denied: 47, refused: true, mTls: false })]);
    expect(edge).toMatchObject({ count: 47, denied: 47, failures: 0, mTls: null });
  });
});

test('one namespace brings along whom it calls and who calls it, and no call between others', () => {
  const { nodes, edges } = topologyOf(PERIOD, NODES, CALLS, { namespace: 'emojivoto' });
  expect(nodes.map(({ key }) => key).sort()).toEqual([
    'demo/batch/reports',
    'demo/emojivoto/emoji',
    'demo/emojivoto/vote-bot',
    'demo/emojivoto/voting',
    'demo/emojivoto/web',
    'demo/rogue/scanner',
    'demo/unauthenticated',
  ]);
  expect(edges).toHaveLength(7);
  expect(edges.filter(({ from, to }) => !from.includes('emojivoto') && !to.includes('emojivoto'))).toEqual([]);
});

describe("Linkerd's own namespaces", () => {
  const identity = {
    ...NODES[0]!,
    key: 'demo/linkerd/identity',
    namespace: 'linkerd',
    name: 'identity',
    linkerd: true,
  };
  const scoped = (scope: Parameters<typeof topologyOf>[3]) =>
    topologyOf(PERIOD, [...NODES, identity], [...CALLS, call('books/webapp', 'linkerd/identity', 8080, 2)], scope);

  test('are left out, with the calls everything makes to them', () => {
    expect(scoped({}).edges).toHaveLength(CALLS.length);
    expect(scoped({}).nodes).not.toContain(identity);
  });

  test('are in when they are asked for', () => {
    expect(scoped({ withLinkerd: true }).edges).toHaveLength(CALLS.length + 1);
    expect(
      scoped({ namespace: 'linkerd' })
        .nodes.map(({ name }) => name)
        .sort(),
    ).toEqual(['identity', 'webapp']);
  });
});
