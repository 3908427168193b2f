import { expect, test } from 'vitest';
import { neighbourhoodOf } from '../../../shared/domain/topology/neighbourhood.ts';
import type { Topology, TopologyEdge, TopologyNode } from '../../../shared/domain/topology/topology.ts';

/** a → b → c → d, e → b, f → f, and g that nobody calls. */
const topology = {
  cluster: 'prod',
  since: 0,
  at: 1,
  nodes: [...'abcdefg'].map((key) => ({ key }) as TopologyNode),
  edges: ['ab', 'bc', 'cd', 'eb', 'ff'].map(([from, to]) => ({ from, to }) as TopologyEdge),
} satisfies Topology;

const near = (key: string, depth: number) => {
  const { nodes, edges } = neighbourhoodOf(topology, key, depth);
  return [nodes.map((node) => node.key).join(''), edges.map(({ from, to }) => from + to).join(' ')];
};

test.each([
  ['c', 1, 'bcd', 'bc cd'],
  ['c', 2, 'abcde', 'ab bc cd eb'],
  ['a', 1, 'ab', 'ab'],
  ['a', 3, 'abcde', 'ab bc cd eb'],
  ['f', 3, 'f', 'ff'],
  ['g', 3, 'g', ''],
])('around %s, %i calls away, is %s', (key, depth, nodes, edges) => {
  expect(near(key, depth)).toEqual([nodes, edges]);
});
