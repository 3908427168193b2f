import { describe, expect, test } from 'vitest';
import { toHops } from '../../../shared/checks/ways/hops.ts';
import { walk, wayTo } from '../../../shared/checks/ways/walk.ts';
import type { WayRow } from '../../../shared/checks/ways/way-row.ts';

const row = (layer: 'CALLED' | 'ARRIVED_AT', key: string, from: string[], more: object = {}): WayRow => ({
  ...{ layer, key, from, port: 80, mTls: true, letIn: true, byDefault: null },
  ...more,
});
const carriedBy = (identity: string, ...from: string[]): WayRow => ({
  ...{ layer: 'CARRIED_BY', key: identity, label: 'Identity', name: null },
  from,
});
const pairs = (rows: WayRow[]) => toHops(rows).map(({ from, to, mTls }) => `${from}${to}${mTls ? '' : ' plain'}`);

describe('both layers as hops', () => {
  test('an identity is the workload that carries it, whatever the order of rows', () => {
    const rows = [row('ARRIVED_AT', 'b', ['id-a']), row('CALLED', 'b', ['a']), carriedBy('id-a', 'a')];
    expect(pairs(rows)).toEqual(['ab']);
    expect(pairs(rows.toReversed())).toEqual(['ab']);
  });

  test('an identity that several carry is those of them that called, else itself', () => {
    const shared = carriedBy('id', 'a', 'c');
    expect(pairs([row('ARRIVED_AT', 'b', ['id']), row('CALLED', 'b', ['a']), shared])).toEqual(['ab']);
    expect(pairs([row('ARRIVED_AT', 'b', ['id']), shared])).toEqual(['idb']);
  });

  test('an arrival that was turned away closes its own port only', () => {
    const denied = row('ARRIVED_AT', 'b', ['a'], { letIn: false });
    expect(pairs([row('CALLED', 'b', ['a']), denied])).toEqual([]);
    expect(pairs([row('CALLED', 'b', ['a']), denied, row('ARRIVED_AT', 'b', ['a'])])).toEqual(['ab']);
    expect(pairs([row('CALLED', 'b', ['a'], { port: 81 }), denied])).toEqual(['ab']);
  });

  test('a hop is mutual TLS only by all that was let in, and nobody leads to itself', () => {
    expect(pairs([row('CALLED', 'b', ['a']), row('ARRIVED_AT', 'b', ['a'], { mTls: false })])).toEqual(['ab plain']);
    const refused = row('ARRIVED_AT', 'b', ['a'], { mTls: false, letIn: false });
    expect(pairs([row('CALLED', 'b', ['a']), row('ARRIVED_AT', 'b', ['a']), refused])).toEqual(['ab']);
    expect(pairs([row('CALLED', 'b', ['a']), row('CALLED', 'b', ['a'], { port: 81, mTls: false })])).toEqual([
      'ab plain',
    ]);
    expect(pairs([row('CALLED', 'a', ['a'])])).toEqual([]);
  });
});

describe('a walk', () => {
  const hop = (text: string) => ({ from: text.charAt(0), to: text.charAt(1) });
  const hops = ['ab', 'bc', 'cd', 'ax', 'xd', 'da', 'yz'].map(hop);
  const text = (way: readonly { from: string; to: string }[]) => way.map(({ from, to }) => from + to).join(' ');

  test('finds the shortest way along the calls and against them, through circles', () => {
    expect(text(wayTo('d', walk(['a'], hops, 'along'), 'along'))).toBe('ax xd');
    expect(text(wayTo('a', walk(['d'], hops, 'against'), 'against'))).toBe('ax xd');
    expect([...walk(['a'], hops, 'along').keys()].sort().join('')).toBe('abcdx');
  });

  test('begins at several ends, the nearest wins, and an end needs no way', () => {
    const reached = walk(['b', 'x'], hops, 'along');
    expect(text(wayTo('d', reached, 'along'))).toBe('xd');
    expect(wayTo('b', reached, 'along')).toEqual([]);
  });

  test('takes the same of two ways of one length, in whatever order the hops come', () => {
    const two = ['ac', 'ab', 'cd', 'bd'].map(hop);
    expect(text(wayTo('d', walk(['a'], two, 'along'), 'along'))).toBe('ab bd');
    expect(text(wayTo('d', walk(['a'], two.toReversed(), 'along'), 'along'))).toBe('ab bd');
  });
});
